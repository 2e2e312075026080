package io.netd.netlink.route;

import io.netd.address.IpPrefix;

/**
 * An address of a device.
 *
 * @param prefix the address with the length of its network
 * @param scope {@code RT_SCOPE_*}
 * @param flags {@code IFA_F_*}
 */
public record InterfaceAddress(int index, IpPrefix prefix, int scope, int flags) {
    /** Whether duplicate address detection is not over: the address cannot be bound yet. */
    public boolean isTentative() {
        return (flags & Rtnetlink.IFA_F_TENTATIVE) != 0;
    }

    /** Whether somebody else was found to have the address. */
    public boolean isDuplicate() {
        return (flags & Rtnetlink.IFA_F_DADFAILED) != 0;
    }
}
