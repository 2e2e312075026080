package io.netd.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * Somebody else's address plugin: a script that writes down how it was called and what it has handed out, and behaves
 * otherwise when a file {@code behave.COMMAND} tells it to.
 */
abstract class AddressProgramTestBase extends NetdTestBase {
    static final String REFERENCE = "/usr/lib/cni/bridge";
    static final String OURS = Host.ours("bridge");
    static final String ANSWER =
            "{\"cniVersion\":\"1.0.0\",\"ips\":[{\"address\":\"10.71.0.9/24\",\"gateway\":\"10.71.0.1\"}],"
                    + "\"routes\":[{\"dst\":\"0.0.0.0/0\"}]}";
    private static final String BOOK = """
            #!/bin/sh
            cd /run/book
            cat >stdin.$CNI_COMMAND
            env | sort >env.$CNI_COMMAND
            ip -o link >links.$CNI_COMMAND
            echo $CNI_COMMAND >>calls
            [ ! -e behave.$CNI_COMMAND ] || . ./behave.$CNI_COMMAND
            held=held.$CNI_CONTAINERID.$CNI_IFNAME
            case $CNI_COMMAND in
            ADD) ip netns exec pod ip -o link show eth0 >inside; echo >$held; cat answer ;;
            DEL) rm -f $held ;;
            CHECK) [ -e $held ] || { echo '{"code":123,"msg":"nothing is held","details":"by the book"}'; exit 1; } ;;
            STATUS) [ ! -e full ] || { echo '{"code":50,"msg":"the book is full"}'; exit 1; } ;;
            esac
            """;
    private static final String CONFIG = """
            {"cniVersion":"1.1.0","name":"booked","type":"bridge","bridge":"cni-book0","isGateway":true,"Extra":{"a":[1]},
             "ipam":{"type":"book","own":"key","netd":{"timeout":%s}}}
            """;

    /** What the plugin's caller writes, by default. */
    static final String USUAL = CONFIG.formatted(60);

    /** The same where the program has one second. */
    static final String IMPATIENT = CONFIG.formatted(1);

    @BeforeEach
    void openTheBook() {
        host.run("ip", "netns", "add", "pod").ok();
        host.run("mkdir", "-p", "/run/book", "/run/plugins").ok();
        write("/run/plugins/book", BOOK);
        host.run("chmod", "755", "/run/plugins/book").ok();
        write("/run/book/answer", ANSWER);
    }

    @AfterEach
    @Override
    void hostIsAsBefore() {
        host.run("ip", "netns", "del", "pod");
        host.run("ip", "link", "del", "cni-book0");
        String held = host.sh("ls /run/book | grep held; true").ok();
        host.run("rm", "-rf", "/run/book", "/run/plugins").ok();
        assertThat(held).as("addresses that are still handed out").isEmpty();
        super.hostIsAsBefore();
    }

    Output call(String plugin, String command, String config) {
        return call(plugin, command, config, Map.of());
    }

    Output call(String plugin, String command, String config, Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "CNI_COMMAND",
                command,
                "CNI_PATH",
                "/nowhere:/run/plugins",
                "CNI_ARGS",
                "IgnoreUnknown=1;K8S_POD_NAME=p"));
        environment.putAll(more);
        return host.plugin(plugin, config, environment);
    }

    /** From now on the program does this first when it is called with the command. */
    void behave(String command, String script) {
        write("/run/book/behave." + command, script);
    }

    void write(String path, String text) {
        host.run(Map.of(), text.getBytes(StandardCharsets.UTF_8), "sh", "-c", "cat >" + path)
                .ok();
    }

    String read(String path) {
        return host.run("cat", path).ok();
    }

    /** The commands that the program was called with, in their order. */
    String calls() {
        return host.sh("cat /run/book/calls; true").ok().replace('\n', ' ').strip();
    }

    JsonNode failure(String command, String config) {
        Output output = call(OURS, command, config);
        assertThat(output.exitCode()).isEqualTo(1);
        return json(output.out());
    }

    static String chained(String config, String answer) {
        return config.strip().replaceFirst("}$", ",\"prevResult\":") + answer + "}";
    }
}
