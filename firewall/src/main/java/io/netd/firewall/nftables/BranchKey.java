package io.netd.firewall.nftables;

import io.netd.address.IpFamily;
import io.netd.address.IpPrefix;
import io.netd.firewall.Match;
import io.netd.firewall.Rule;
import io.netd.netlink.nft.Bitwise;
import io.netd.netlink.nft.Data;
import io.netd.netlink.nft.DataType;
import io.netd.netlink.nft.Expression;
import io.netd.netlink.nft.Meta;
import io.netd.netlink.nft.NfTables;
import io.netd.netlink.nft.Payload;
import java.util.List;
import java.util.Optional;

/**
 * By what packets are told apart before they see a network's rules.
 *
 * @param kind what keys of this kind have in common, as a part of a name
 * @param place the kind and the value, as a part of a name
 * @param comment the same for a person
 * @param loads what brings a packet's key into register 1
 * @param type the key's
 * @param value the key of the packets that a rule is about
 */
record BranchKey(String kind, String place, String comment, List<Expression> loads, DataType type, Data value) {

    /**
     * The key among a rule's conditions: where it goes out, else where it came in, else its source if that is a network; nothing
     * where no such condition stands plainly.
     */
    static Optional<BranchKey> of(Rule rule) {
        Optional<BranchKey> key = Optional.empty();
        // They are sorted: the source comes first, then where it came in, then where it goes out.
        for (Match match : rule.matches()) {
            Optional<BranchKey> found = of(rule.family(), match);
            key = found.isPresent() ? found : key;
        }
        return key;
    }

    private static Optional<BranchKey> of(IpFamily family, Match match) {
        if (match instanceof Match.OutInterface out && !out.negated()) {
            return Optional.of(byName("to", "by the interface they go out by", NfTables.NFT_META_OIFNAME, out.name()));
        } else if (match instanceof Match.InInterface in && !in.negated()) {
            return Optional.of(
                    byName("from", "by the interface they came in by", NfTables.NFT_META_IIFNAME, in.name()));
        }
        return match instanceof Match.Source source && isNetwork(source)
                ? Optional.of(bySource(family, source.prefix()))
                : Optional.empty();
    }

    private static BranchKey byName(String kind, String comment, int meta, String name) {
        return new BranchKey(
                kind,
                kind + "-" + name,
                comment,
                List.of(new Meta(meta)),
                DataType.IFNAME,
                Headers.interfaceName(name));
    }

    /** A hash table for each length of a prefix: networks may lie in one another, and hardly ever have many lengths. */
    private static BranchKey bySource(IpFamily family, IpPrefix prefix) {
        Data address = Data.of(prefix.address().bytes());
        return new BranchKey(
                "of-" + prefix.length(),
                "of-" + SetNames.text(prefix),
                "by the network of their source",
                List.of(
                        new Payload(NfTables.NFT_PAYLOAD_NETWORK_HEADER, Headers.source(family), address.length()),
                        new Bitwise(Headers.mask(address.length(), prefix.length()))),
                family == IpFamily.IPV4 ? DataType.IPV4_ADDR : DataType.IPV6_ADDR,
                address);
    }

    /** Single containers are too many to have a chain each. */
    private static boolean isNetwork(Match.Source source) {
        return !source.negated()
                && source.prefix().length() > 0
                && !source.prefix().equals(IpPrefix.host(source.prefix().address()));
    }
}
