package io.netd.netlink.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netd.address.MacAddress;
import io.netd.linux.sys.Errno;
import io.netd.linux.testing.ThrowawayNamespace;
import io.netd.netlink.NetlinkException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Shaping as {@code tc} sees it. */
class QdiscsKernelIT {
    private static final MacAddress MAC = MacAddress.parse("02:00:00:00:00:05");
    private static final int LATENCY = 25_000;
    private static final int NOWHERE = 4711;
    private static final TokenBucket BUCKET = TokenBucket.of(125_000, 25_000, LATENCY);

    private final ThrowawayNamespace host = ThrowawayNamespace.create();
    private final RouteSocket socket = RouteSocket.openIn(host.namespace());
    private int v0;

    @BeforeEach
    void makeALink() {
        host.sh("ip link add v0 up type veth peer name v1");
        v0 = socket.links().byName("v0").orElseThrow().index();
    }

    @AfterEach
    void close() {
        socket.close();
        host.close();
    }

    @Test
    void aTokenBucketIsWhatTcShows() {
        socket.qdiscs().addTokenBucket(v0, BUCKET);

        assertThat(host.sh("tc -j qdisc show dev v0"))
                .contains("\"kind\":\"tbf\",\"handle\":\"1:\",\"root\":true")
                .contains("\"rate\":125000,\"burst\":25000,\"lat\":25000");
        assertThat(socket.qdiscs().list(v0)).singleElement().satisfies(qdisc -> {
            assertThat(qdisc.bucket()).contains(BUCKET);
            assertThat(qdisc).hasToString("tbf 1:");
        });
        assertThat(socket.qdiscs().removeTokenBucket(v0)).isTrue();
        assertThat(host.sh("tc qdisc show dev v0")).doesNotContain("tbf");
        assertThat(socket.qdiscs().removeTokenBucket(v0)).isFalse();
    }

    @Test
    void largeNumbersReachTheKernel() {
        TokenBucket fast = TokenBucket.of(12_499_999_999L, 1_543_209, LATENCY);
        socket.qdiscs().addTokenBucket(v0, fast);
        assertThat(host.sh("tc -j qdisc show dev v0")).contains("\"rate\":12499999999,");
        assertThat(socket.qdiscs().list(v0).get(0).bucket()).contains(fast);
        socket.qdiscs().removeTokenBucket(v0);

        TokenBucket patient = TokenBucket.of(125_000, 536_870_911, LATENCY);
        socket.qdiscs().addTokenBucket(v0, patient);
        assertThat(socket.qdiscs().list(v0).get(0).bucket())
                .hasValueSatisfying(
                        shown -> assertThat(patient.isShownAs(shown)).isTrue());
    }

    @Test
    void anotherOnesQdiscStays() {
        host.sh("tc qdisc add dev v0 root handle 5: pfifo; tc qdisc add dev v0 clsact");

        assertRefused(Errno.EEXIST, () -> socket.qdiscs().addTokenBucket(v0, BUCKET));
        assertRefused(Errno.EEXIST, () -> socket.qdiscs().addIngress(v0));
        assertThat(socket.qdiscs().list(v0)).extracting(Qdisc::toString).contains("pfifo 5:", "clsact ffff:");
        assertThat(socket.qdiscs().removeTokenBucket(v0)).isFalse();
        assertThat(host.sh("tc qdisc show dev v0")).contains("pfifo 5:");
    }

    @Test
    void everythingReceivedIsRedirected() {
        int ifb = socket.links().addIfb("ifb7", MAC, 1400, "owner").index();
        assertThat(host.sh("ip -j -d link show ifb7"))
                .contains("\"info_kind\":\"ifb\"", "\"mtu\":1400", "02:00:00:00:00:05", "\"UP\"")
                .contains("\"ifalias\":\"owner\"")
                .doesNotContain("txqlen");
        assertThat(socket.redirects().list(v0)).isEmpty();

        socket.qdiscs().addIngress(v0);
        assertThat(socket.redirects().list(v0)).isEmpty();
        socket.redirects().add(v0, ifb);

        assertThat(host.sh("tc filter show dev v0 ingress"))
                .contains(
                        "match 00000000/00000000 at 0", "mirred (Egress Redirect to device ifb7) stolen", "flowid 1:1")
                .doesNotContain("action order 2");
        assertThat(socket.redirects().list(v0)).containsExactly(ifb);
        assertThat(socket.qdiscs().removeIngress(v0)).isTrue();
        assertThat(socket.redirects().list(v0)).isEmpty();
        assertThat(socket.qdiscs().removeIngress(v0)).isFalse();
    }

    @Test
    void whatIsNotThereIsRefusedOrGone() {
        socket.links().addIfb("ifb7", MAC, 1500, "owner");
        assertRefused(Errno.EEXIST, () -> socket.links().addIfb("ifb7", MAC, 1500, "owner"));
        assertRefused(Errno.EINVAL, () -> socket.redirects().add(v0, v0));
        socket.qdiscs().addIngress(v0);
        assertRefused(Errno.ENODEV, () -> socket.redirects().add(v0, NOWHERE));
        assertRefused(Errno.ENODEV, () -> socket.qdiscs().addTokenBucket(NOWHERE, BUCKET));
        assertThat(socket.qdiscs().removeTokenBucket(NOWHERE)).isFalse();
        assertThat(socket.qdiscs().list(NOWHERE)).isEmpty();
        assertThat(socket.redirects().list(NOWHERE)).isEmpty();
    }

    private static void assertRefused(Errno errno, Runnable request) {
        assertThatThrownBy(request::run)
                .isInstanceOfSatisfying(
                        NetlinkException.class, e -> assertThat(e.errno()).isEqualTo(errno));
    }
}
