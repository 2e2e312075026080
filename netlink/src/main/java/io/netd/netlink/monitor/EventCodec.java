package io.netd.netlink.monitor;

import io.netd.netlink.route.InterfaceAddress;
import io.netd.netlink.route.Link;
import io.netd.netlink.route.Rtnetlink;
import io.netd.netlink.wire.Message;
import java.util.Optional;

/** Turns announcements into events. Pure. */
final class EventCodec {
    private EventCodec() {}

    static Optional<LinkEvent> decode(Message message) {
        return switch (message.type()) {
            case Rtnetlink.RTM_NEWLINK -> Link.decode(message).map(LinkEvent.LinkChanged::new);
            case Rtnetlink.RTM_DELLINK -> Link.decode(message).map(LinkEvent.LinkRemoved::new);
            case Rtnetlink.RTM_NEWADDR -> InterfaceAddress.decode(message).map(LinkEvent.AddressChanged::new);
            case Rtnetlink.RTM_DELADDR -> InterfaceAddress.decode(message).map(LinkEvent.AddressRemoved::new);
            default -> Optional.empty();
        };
    }
}
