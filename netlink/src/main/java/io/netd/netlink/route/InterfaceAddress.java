package io.netd.netlink.route;

import io.netd.address.IpPrefix;
import io.netd.netlink.wire.Message;
import java.util.Optional;

/**
 * An address of a device.
 *
 * @param prefix the address with the length of its network
 * @param scope {@code RT_SCOPE_*}
 * @param flags {@code IFA_F_*}
 */
public record InterfaceAddress(int index, IpPrefix prefix, int scope, int flags) {
    /** The address of an RTM_NEWADDR or RTM_DELADDR message; empty for other messages. */
    public static Optional<InterfaceAddress> decode(Message message) {
        return AddressCodec.decode(message);
    }

    /** Whether duplicate address detection is not over: the address cannot be bound yet. */
    public boolean isTentative() {
        return (flags & Rtnetlink.IFA_F_TENTATIVE) != 0;
    }

    /** Whether somebody else was found to have the address. */
    public boolean isDuplicate() {
        return (flags & Rtnetlink.IFA_F_DADFAILED) != 0;
    }
}
