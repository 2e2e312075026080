package io.netd.netlink.monitor;

import io.netd.netlink.jna.EventQueue;
import io.netd.netlink.route.InterfaceAddress;
import io.netd.netlink.route.Link;
import io.netd.netlink.route.LinkState;
import io.netd.netlink.route.RouteSocket;
import io.netd.netlink.route.Rtnetlink;
import io.netd.netlink.wire.Message;
import io.netd.netlink.wire.Netlink;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A link and its addresses as they are now: read once, and from then on followed by what the kernel announces of them.
 * Asking costs a look at an empty socket when nothing has changed. Keeps its namespace alive until closed. Any thread.
 */
public final class WatchedLink implements AutoCloseable {
    private final EventQueue events;
    private final int index;
    private Optional<Link> link = Optional.empty();
    private List<InterfaceAddress> addresses = List.of();

    private WatchedLink(EventQueue events, int index) {
        this.events = events;
        this.index = index;
    }

    /**
     * Begins to follow a link.
     *
     * @param index of the link in the calling thread's namespace
     * @param route a socket of that namespace
     * @throws io.netd.linux.sys.LinuxException when the kernel refuses
     */
    public static WatchedLink open(int index, RouteSocket route) {
        EventQueue events = EventQueue.ofLink(
                Netlink.NETLINK_ROUTE,
                index,
                Rtnetlink.RTNLGRP_LINK,
                Rtnetlink.RTNLGRP_IPV4_IFADDR,
                Rtnetlink.RTNLGRP_IPV6_IFADDR);
        WatchedLink watched = new WatchedLink(events, index);
        try {
            watched.read(route);
            return watched;
        } catch (RuntimeException e) {
            events.close();
            throw e;
        }
    }

    /**
     * How it is at this moment; empty when it is gone.
     *
     * @param route a socket of the same namespace, for when more was announced than could be kept
     */
    public synchronized Optional<LinkState> now(RouteSocket route) {
        if (!events.take(this::hear)) {
            read(route);
        }
        return link.map(found -> new LinkState(found, addresses));
    }

    private void read(RouteSocket route) {
        link = route.links().byIndex(index);
        addresses = route.addresses().list(index);
    }

    private void hear(Message message) {
        EventCodec.decode(message).ifPresent(this::follow);
    }

    private void follow(LinkEvent event) {
        if (event instanceof LinkEvent.LinkChanged changed) {
            link = Optional.of(changed.link());
        } else if (event instanceof LinkEvent.LinkRemoved) {
            link = Optional.empty();
            addresses = List.of();
        } else if (event instanceof LinkEvent.AddressChanged changed) {
            addresses = without(changed.address());
            addresses.add(changed.address());
        } else if (event instanceof LinkEvent.AddressRemoved removed) {
            addresses = without(removed.address());
        }
    }

    private List<InterfaceAddress> without(InterfaceAddress gone) {
        List<InterfaceAddress> others = new ArrayList<>(addresses);
        others.removeIf(address -> address.prefix().equals(gone.prefix()));
        return others;
    }

    @Override
    public synchronized void close() {
        events.close();
    }
}
