package io.netd.plugins.bridge;

import io.netd.cni.AttachmentId;
import io.netd.firewall.ether.SourceChecks;
import io.netd.netlink.nft.NftSocket;
import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.Trace;

/**
 * Rules that drop what a container sends in another's name.
 *
 * @param id container and interface, as the rules' chains are named after them
 */
public record SourceCheckTrace(String id) implements Trace {
    static SourceCheckTrace of(AttachmentId owner) {
        return new SourceCheckTrace(
                owner.containerId().value() + "-" + owner.ifName().value());
    }

    static SourceChecks checks(Host host) {
        return new SourceChecks(() -> host.namespace().call(NftSocket::open));
    }

    @Override
    public void revert(Host host) {
        checks(host).remove(id);
    }
}
