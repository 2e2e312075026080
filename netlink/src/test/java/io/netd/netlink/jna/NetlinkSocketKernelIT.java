package io.netd.netlink.jna;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netd.linux.sys.Errno;
import io.netd.linux.testing.ThrowawayNamespace;
import io.netd.netlink.NetlinkException;
import io.netd.netlink.monitor.LinkEvent;
import io.netd.netlink.monitor.Monitor;
import io.netd.netlink.route.Link;
import io.netd.netlink.route.Links;
import io.netd.netlink.route.RouteSocket;
import io.netd.netlink.route.VethSpec;
import io.netd.netlink.wire.Message;
import io.netd.netlink.wire.MessageWriter;
import io.netd.netlink.wire.Netlink;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class NetlinkSocketKernelIT {
    private static final int RTM_SETLINK = 19;
    private static final int LOOPBACK = 1;
    private static final int NOWHERE = 9999;

    private final ThrowawayNamespace host = ThrowawayNamespace.create();

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void aHugeBatchIsAnsweredMessageByMessage() {
        try (NetlinkSocket socket = host.call(() -> NetlinkSocket.open(Netlink.NETLINK_ROUTE))) {
            MessageWriter writer = new MessageWriter();
            IntStream.range(0, 10_000).forEach(i -> change(writer, i == 9_000 ? NOWHERE : LOOPBACK));

            Answer<Message> answer = socket.send("change lo often", writer);

            assertThat(answer.failures()).extracting(Failure::index).containsExactly(9_000);
            assertThat(answer.failedWith(Errno.ENODEV)).isTrue();
        }
    }

    @Test
    void refusalsAreSeenWithoutAcknowledgements() {
        try (NetlinkSocket socket = host.call(() -> NetlinkSocket.open(Netlink.NETLINK_ROUTE))) {
            MessageWriter writer = new MessageWriter().begin(RTM_SETLINK, Netlink.NLM_F_REQUEST);
            writer.u32(0).u32(NOWHERE).u32(0).u32(0);
            assertThat(socket.send("change nothing", writer).failedWith(Errno.ENODEV))
                    .isTrue();
        }
    }

    @Test
    void manyThreadsShareASocketAndListsStayWhole() throws InterruptedException {
        try (RouteSocket socket = RouteSocket.openIn(host.namespace());
                RouteSocket other = RouteSocket.openIn(host.namespace())) {
            Links links = socket.links();
            IntStream.range(0, 300).forEach(i -> links.addBridge("still" + i, Optional.empty(), 0));
            Thread churn = new Thread(() -> IntStream.range(0, 40)
                    .forEach(i -> other.links()
                            .delete(other.links()
                                    .addBridge("churn", Optional.empty(), 0)
                                    .index())));
            churn.start();
            long whole = IntStream.range(0, 200)
                    .parallel()
                    .filter(i -> still(links) == 300)
                    .count();
            churn.join();
            assertThat(whole).isEqualTo(200);
        }
    }

    @Test
    void eventsThatComeTooFastAreReportedAsLost() throws InterruptedException {
        CountDownLatch lost = new CountDownLatch(1);
        CountDownLatch flooded = new CountDownLatch(1);
        try (RouteSocket socket = RouteSocket.openIn(host.namespace());
                Monitor monitor = Monitor.openIn(host.namespace(), event -> take(event, flooded, lost))) {
            assertThat(monitor).isNotNull();
            for (int i = 0; i < 30_000; i++) {
                socket.links().setMtu(LOOPBACK, 60_000 + i % 2);
            }
            flooded.countDown();
            assertThat(lost.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aClosedSocketLetsTheNamespaceDie() throws InterruptedException {
        CountDownLatch gone = new CountDownLatch(1);
        ThrowawayNamespace container = ThrowawayNamespace.create();
        try (RouteSocket socket = RouteSocket.openIn(host.namespace());
                Monitor monitor = Monitor.openIn(host.namespace(), event -> {
                    if (event instanceof LinkEvent.LinkRemoved removed
                            && removed.link().name().equals("v0")) {
                        gone.countDown();
                    }
                })) {
            assertThat(monitor).isNotNull();
            socket.links()
                    .addVeth(VethSpec.of("v0", "eth0", container.namespace().fd()));
            RouteSocket inside = RouteSocket.openIn(container.namespace());
            container.close();
            assertThat(gone.await(200, TimeUnit.MILLISECONDS)).isFalse();
            inside.close();
            assertThat(gone.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aClosedSocketRefusesToSend() {
        NetlinkSocket socket = host.call(() -> NetlinkSocket.open(Netlink.NETLINK_ROUTE));
        socket.close();
        socket.close();
        assertThatThrownBy(() -> socket.execute("change lo", change(new MessageWriter(), LOOPBACK)))
                .isInstanceOfSatisfying(
                        NetlinkException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EBADF));
    }

    private static void take(LinkEvent event, CountDownLatch flooded, CountDownLatch lost) {
        if (event instanceof LinkEvent.EventsLost) {
            lost.countDown();
        }
        try {
            flooded.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static MessageWriter change(MessageWriter writer, int index) {
        writer.begin(RTM_SETLINK, Netlink.NLM_F_REQUEST | Netlink.NLM_F_ACK);
        return writer.u32(0).u32(index).u32(0).u32(0);
    }

    private static long still(Links links) {
        return links.list().stream()
                .map(Link::name)
                .filter(name -> name.startsWith("still"))
                .distinct()
                .count();
    }
}
