package io.netd.firewall.nft;

import static org.assertj.core.api.Assertions.assertThat;

import io.netd.address.IpFamily;
import io.netd.firewall.Rule;
import io.netd.firewall.SampleRules;
import io.netd.netlink.nft.Expression;
import io.netd.netlink.wire.MessageWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The recordings were made with strace from iptables-nft 1.8.9 on x86_64: one command for each rule. */
class RuleEncoderTest {
    private static final int NLMSGHDR = 16;
    private static final Map<String, String> RECORDED = recorded();

    static Iterable<Rule> rules() {
        return SampleRules.all();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void expressionsAreIptablesOwn(Rule rule) {
        MessageWriter writer = new MessageWriter().begin(0, 0);
        for (Expression expression : RuleEncoder.encode(rule).expressions()) {
            expression.write(writer);
        }
        ByteBuffer message = writer.finish();
        byte[] bytes = new byte[message.remaining() - NLMSGHDR];
        message.get(NLMSGHDR, bytes);
        String command = (rule.family() == IpFamily.IPV4 ? "iptables " : "ip6tables ") + rule;
        assertThat(HexFormat.of().formatHex(bytes)).isEqualTo(RECORDED.get(command));
    }

    private static Map<String, String> recorded() {
        Map<String, String> recorded = new HashMap<>();
        try (InputStream in = Rule.class.getResourceAsStream("iptables-1.8.9.recorded")) {
            new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(line -> {
                int at = line.lastIndexOf(' ');
                recorded.put(line.substring(0, at), line.substring(at + 1));
            });
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return recorded;
    }
}
