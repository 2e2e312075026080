package io.netd.netlink.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.netd.address.IpPrefix;
import io.netd.linux.testing.ThrowawayNamespace;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class MonitorKernelIT {
    private final ThrowawayNamespace host = ThrowawayNamespace.create();
    private final BlockingQueue<LinkEvent> events = new LinkedBlockingQueue<>();
    private final Monitor monitor = Monitor.openIn(host.namespace(), events::add);

    @AfterEach
    void close() {
        monitor.close();
        host.close();
    }

    @Test
    void linksAndAddressesAreAnnounced() throws InterruptedException {
        host.sh("ip link add br0 type bridge && ip addr add 10.1.1.1/24 dev br0 && ip addr add fd00::1/64 dev br0");
        host.sh("ip addr del 10.1.1.1/24 dev br0 && ip link del br0");

        IpPrefix v4 = IpPrefix.parse("10.1.1.1/24");
        IpPrefix v6 = IpPrefix.parse("fd00::1/64");
        await(event -> event instanceof LinkEvent.LinkChanged changed
                && changed.link().name().equals("br0"));
        await(event -> event instanceof LinkEvent.AddressChanged changed
                && changed.address().prefix().equals(v4));
        await(event -> event instanceof LinkEvent.AddressChanged changed
                && changed.address().prefix().equals(v6));
        await(event -> event instanceof LinkEvent.AddressRemoved removed
                && removed.address().prefix().equals(v4));
        await(event -> event instanceof LinkEvent.LinkRemoved removed
                && removed.link().name().equals("br0"));
    }

    @Test
    void aVethWhoseNamespaceDiesIsAnnouncedAsRemoved() throws InterruptedException {
        ThrowawayNamespace container = ThrowawayNamespace.create();
        host.sh("ip link add v0 type veth peer name v1");
        String pid = Long.toString(ProcessHandle.current().pid());
        host.sh("ip link set v1 netns /proc/" + pid + "/fd/"
                + container.namespace().fd().number());
        container.close();
        await(event -> event instanceof LinkEvent.LinkRemoved removed
                && removed.link().name().equals("v0"));
    }

    @Test
    void whoListensToRemovedLinksHearsNothingElse() throws InterruptedException {
        BlockingQueue<LinkEvent> heard = new LinkedBlockingQueue<>();
        Monitor removals = host.call(() -> Monitor.openForRemovedLinks(heard::add));
        host.sh("ip link add br0 type bridge && ip addr add 10.1.1.1/24 dev br0 && ip link set br0 up");
        host.sh("ip link del br0");
        LinkEvent first = heard.poll(10, TimeUnit.SECONDS);
        removals.close();
        assertThat(first).isInstanceOf(LinkEvent.LinkRemoved.class);
        assertThat(heard).isEmpty();
    }

    @Test
    void closingEndsTheWaitAndMayBeRepeated() throws InterruptedException {
        CompletableFuture<Void> closed = CompletableFuture.runAsync(() -> {
            monitor.close();
            monitor.close();
        });
        assertThat(closed).succeedsWithin(10, TimeUnit.SECONDS);
        host.sh("ip link add br1 type bridge");
        assertThat(events.poll(100, TimeUnit.MILLISECONDS)).isNull();
    }

    private void await(Predicate<LinkEvent> wanted) throws InterruptedException {
        LinkEvent event = events.poll(10, TimeUnit.SECONDS);
        while (event != null && !wanted.test(event)) {
            event = events.poll(10, TimeUnit.SECONDS);
        }
        assertThat(event).as("the awaited event").isNotNull();
    }
}
