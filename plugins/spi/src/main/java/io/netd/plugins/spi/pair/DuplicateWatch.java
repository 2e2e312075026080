package io.netd.plugins.spi.pair;

import io.netd.cni.CniException;
import io.netd.cni.ErrorCode;
import io.netd.netlink.monitor.LinkEvent;
import io.netd.netlink.monitor.Monitor;
import io.netd.netlink.route.InterfaceAddress;
import io.netd.plugins.spi.Sandbox;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Waits until the kernel has found out that nobody else has the addresses of a container's interface. */
final class DuplicateWatch implements AutoCloseable {
    /** As long the reference plugin waits; the kernel takes one to two seconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Sandbox sandbox;
    private final BlockingQueue<LinkEvent> events = new LinkedBlockingQueue<>();
    private final Monitor monitor;

    private DuplicateWatch(Sandbox sandbox) {
        this.sandbox = sandbox;
        this.monitor = Monitor.openIn(sandbox.namespace(), events::add);
    }

    /** Listens from now on; open it before the interface is set up. */
    static DuplicateWatch open(Sandbox sandbox) {
        return new DuplicateWatch(sandbox);
    }

    /**
     * Returns when all addresses of the interface can be used.
     *
     * @throws CniException when somebody has one of them, or it takes too long
     */
    void await(int index, String name) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (isTentative(index, name)) {
            if (!hear(deadline - System.nanoTime())) {
                throw new CniException(
                        ErrorCode.TRY_LATER,
                        "failed to settle addresses for \"" + name + "\": link " + name
                                + " still has tentative addresses after " + PATIENCE.toSeconds() + " seconds");
            }
        }
    }

    private boolean isTentative(int index, String name) {
        List<InterfaceAddress> addresses = sandbox.route().addresses().list(index);
        addresses.stream().filter(InterfaceAddress::isDuplicate).findFirst().ifPresent(address -> {
            throw new CniException(
                    ErrorCode.INTERNAL,
                    "failed to settle addresses for \"" + name + "\": link " + name + " has address "
                            + address.prefix().address() + " in DADFAILED state");
        });
        return addresses.stream().anyMatch(InterfaceAddress::isTentative);
    }

    private boolean hear(long nanoseconds) {
        try {
            return events.poll(nanoseconds, TimeUnit.NANOSECONDS) != null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CniException(
                    ErrorCode.TRY_LATER, "interrupted while waiting for addresses in " + sandbox.path(), e);
        }
    }

    @Override
    public void close() {
        monitor.close();
    }
}
