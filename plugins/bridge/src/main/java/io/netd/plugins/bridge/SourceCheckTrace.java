package io.netd.plugins.bridge;

import io.netd.address.MacAddress;
import io.netd.cni.AttachmentId;
import io.netd.firewall.ether.SourceCheck;
import io.netd.firewall.ether.SourceChecks;
import io.netd.netlink.nft.NftSocket;
import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.Trace;
import java.util.Optional;

/**
 * Rules that drop what a container sends in another's name.
 *
 * @param id container and interface, as the rules' chains are named after them
 * @param rules what they say; absent when nobody wrote it down
 */
public record SourceCheckTrace(String id, Optional<SourceCheck> rules) implements Trace {
    /** Of an attachment that nobody wrote down. */
    static SourceCheckTrace of(AttachmentId owner) {
        return new SourceCheckTrace(id(owner), Optional.empty());
    }

    /** Of an attachment with this port and address. */
    static SourceCheckTrace of(AttachmentId owner, String port, MacAddress mac) {
        return new SourceCheckTrace(id(owner), Optional.of(new SourceCheck(id(owner), port, mac)));
    }

    static String id(AttachmentId owner) {
        return owner.containerId().value() + "-" + owner.ifName().value();
    }

    /** Writes the rules. */
    void apply(Host host) {
        rules.ifPresent(checks(host)::put);
    }

    static SourceChecks checks(Host host) {
        return new SourceChecks(() -> host.namespace().call(NftSocket::open));
    }

    @Override
    public void revert(Host host) {
        checks(host).remove(id);
    }

    @Override
    public Optional<String> repair(Host host) {
        return rules.filter(check -> host.route().links().byName(check.link()).isPresent())
                .filter(check -> checks(host).repair(check))
                .map(check -> "macspoofchk of " + id);
    }
}
