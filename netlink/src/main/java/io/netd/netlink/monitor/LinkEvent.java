package io.netd.netlink.monitor;

import io.netd.netlink.route.InterfaceAddress;
import io.netd.netlink.route.Link;

/** Something the kernel announced. */
public sealed interface LinkEvent {
    /** A link appeared or changed; this is how it is now. */
    record LinkChanged(Link link) implements LinkEvent {}

    /** A link is gone, or moved to another namespace; this is how it was. */
    record LinkRemoved(Link link) implements LinkEvent {}

    /** An address was added or changed. */
    record AddressChanged(InterfaceAddress address) implements LinkEvent {}

    /** An address is gone. */
    record AddressRemoved(InterfaceAddress address) implements LinkEvent {}

    /** Events were lost because they came faster than they were taken: read the state anew. */
    record EventsLost() implements LinkEvent {}
}
