package io.netd.netlink.route;

import java.util.List;

/** A link and the addresses it has. */
public record LinkState(Link link, List<InterfaceAddress> addresses) {
    public LinkState {
        addresses = List.copyOf(addresses);
    }
}
