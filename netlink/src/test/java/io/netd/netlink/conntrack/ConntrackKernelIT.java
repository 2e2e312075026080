package io.netd.netlink.conntrack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netd.address.IpAddress;
import io.netd.address.Protocol;
import io.netd.linux.testing.ThrowawayNamespace;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConntrackKernelIT {
    private final ThrowawayNamespace host = ThrowawayNamespace.create();
    private final Conntrack conntrack = Conntrack.openIn(host.namespace());

    @AfterEach
    void close() {
        conntrack.close();
        host.close();
    }

    @Test
    void anAddressIsForgottenWhereverItStands() {
        insert("udp", "10.0.0.1", "10.0.0.2", 1000, 53);
        insert("udp", "10.0.0.2", "10.0.0.3", 1001, 53);
        insert("tcp", "10.0.0.5", "10.0.0.6", 1002, 80);
        host.sh("conntrack -I -p udp -s 10.0.0.7 -d 192.0.2.1 -r 10.0.0.2 -q 10.0.0.7"
                + " --sport 1003 --dport 8080 --reply-port-src 80 --reply-port-dst 1003 --timeout 60");

        conntrack.forget(everythingOf("10.0.0.2"));

        assertThat(host.sh("conntrack -L")).contains("10.0.0.6").doesNotContain("10.0.0.2 ");
        conntrack.forget(everythingOf("10.0.0.2"));
    }

    @Test
    void aPortIsForgottenByProtocolAndAddress() {
        insert("udp", "10.0.0.1", "192.0.2.1", 1000, 8080);
        insert("udp", "10.0.0.1", "192.0.2.2", 1000, 8080);
        insert("udp", "10.0.0.1", "192.0.2.3", 1000, 8080);
        insert("tcp", "10.0.0.1", "192.0.2.1", 1000, 8080);
        insert("udp", "10.0.0.1", "192.0.2.1", 8080, 8081);
        insert("udp", "fd00::1", "fd00::2", 1000, 8080);
        insert("udp", "fd00::1", "fd00::3", 1000, 8080);

        conntrack.forget(List.of(to(8080, "192.0.2.1", "192.0.2.2")));

        assertThat(host.sh("conntrack -L").lines())
                .hasSize(5)
                .noneMatch(line -> line.startsWith("udp") && line.contains("dport=8080 [UNREPLIED] src=192.0.2.1"))
                .noneMatch(line -> line.contains("192.0.2.2"));

        conntrack.forget(List.of(to(8080, "192.0.2.3", "fd00::2")));

        assertThat(host.sh("conntrack -L").lines())
                .hasSize(3)
                .noneMatch(line -> line.contains("192.0.2.3") || line.contains("fd00::2"));
    }

    /** Its table has a quarter of a million buckets, whose locks a dump takes one by one. */
    @Test
    void theKernelLooksForThemItself() {
        insert("udp", "10.0.0.1", "192.0.2.1", 1000, 8080);
        insert("udp", "fd00::1", "fd00::2", 1000, 8080);
        insert("udp", "10.0.0.1", "192.0.2.1", 1001, 8080);
        List<FlowPattern> patterns =
                List.of(new FlowPattern.FromPort(Protocol.UDP, 1000), to(8081, "192.0.2.1", "192.0.2.2"));

        assumeTrue(conntrack.forgetInKernel(everythingOf("10.0.0.9")), "this kernel does not delete flows by a filter");

        assertThat(conntrack.forgetInKernel(patterns)).isTrue();
        assertThat(host.sh("conntrack -L").lines()).hasSize(1);
        assertThat(host.sh("conntrack -f ipv6 -L")).isEmpty();
    }

    @Test
    void ipv6FlowsAreForgottenToo() {
        insert("udp", "fd00::1", "fd00::2", 1000, 53);
        insert("udp", "fd00::2", "fd00::3", 1000, 53);
        insert("udp", "fd00::1", "fd00::4", 1000, 53);
        conntrack.forget(everythingOf("fd00::2"));
        assertThat(host.sh("conntrack -f ipv6 -L").lines()).hasSize(1);
    }

    @Test
    void manyFlowsAreForgotten() {
        insertMany(700);
        insert("udp", "10.0.0.8", "10.0.0.9", 1, 53);
        conntrack.forget(everythingOf("10.0.0.1"));
        assertThat(host.sh("conntrack -L").lines()).hasSize(1);
    }

    @Test
    void manyPatternsAreLookedForInOneListing() {
        insertMany(700);
        insert("udp", "10.0.0.8", "10.0.0.9", 1, 1053);
        List<FlowPattern> patterns = IntStream.range(0, 30)
                .<FlowPattern>mapToObj(i -> to(53 + i, "10.0.0.2"))
                .toList();
        conntrack.forget(patterns);
        assertThat(host.sh("conntrack -L").lines()).hasSize(1);
    }

    @Test
    void nothingTrackedMeansNothingForgotten() {
        assertThat(conntrack.list(flow -> true)).isEmpty();
        conntrack.forget(everythingOf("10.0.0.1"));
    }

    private static FlowPattern to(int port, String... addresses) {
        return new FlowPattern.To(
                Protocol.UDP, Stream.of(addresses).map(IpAddress::parse).collect(Collectors.toSet()), port);
    }

    private static List<FlowPattern> everythingOf(String address) {
        IpAddress parsed = IpAddress.parse(address);
        return List.of(new FlowPattern.From(parsed), new FlowPattern.AnsweredBy(parsed));
    }

    private void insertMany(int count) {
        host.sh("for i in $(seq 1 " + count + "); do echo -I -p udp -s 10.0.0.1 -d 10.0.0.2 --sport $i --dport 53"
                + " --timeout 60; done | conntrack --load-file - >/dev/null");
    }

    private void insert(String protocol, String source, String destination, int from, int to) {
        String state = protocol.equals("tcp") ? " --state ESTABLISHED" : "";
        host.sh("conntrack -I -p " + protocol + " -s " + source + " -d " + destination + " --sport " + from
                + " --dport " + to + " --timeout 60" + state);
    }
}
