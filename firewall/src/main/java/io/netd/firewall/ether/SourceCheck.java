package io.netd.firewall.ether;

import io.netd.address.MacAddress;
import io.netd.netlink.nft.ChainName;
import io.netd.netlink.nft.Cmp;
import io.netd.netlink.nft.Comment;
import io.netd.netlink.nft.Data;
import io.netd.netlink.nft.Expression;
import io.netd.netlink.nft.Hook;
import io.netd.netlink.nft.Immediate;
import io.netd.netlink.nft.Meta;
import io.netd.netlink.nft.NfTables;
import io.netd.netlink.nft.NftFamily;
import io.netd.netlink.nft.Payload;
import io.netd.netlink.nft.RuleBody;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Through one port of a bridge frames come in with one hardware address only. In two chains of its own, as CNI's bridge
 * plugin names them, to which the shared base chain jumps.
 *
 * @param id whose it is: container and interface
 * @param link the port
 * @param mac the address
 */
public record SourceCheck(String id, String link, MacAddress mac) {
    static final String TABLE = "nat";
    static final ChainName BASE = chain("PREROUTING");
    /** NF_BR_PRE_ROUTING at NF_BR_PRI_NAT_DST_BRIDGED. */
    static final Hook HOOK = new Hook("filter", 0, -300);

    static final String PREFIX = "cni-br-iface-";
    private static final String COMMENT = "macspoofchk-";

    /** As long an id may be, in bytes. */
    public static final int MAX_ID = Comment.MAX - COMMENT.length();

    /** Bytes of IFNAMSIZ. */
    private static final int NAME = 16;

    private static final int SOURCE_ADDRESS = 6;

    /** Refuses an id that nftables has no room for. */
    public SourceCheck {
        if (id.length() > MAX_ID) {
            throw new IllegalArgumentException("longer than " + MAX_ID + " bytes: " + id);
        }
    }

    static ChainName own(String id) {
        return chain(PREFIX + id);
    }

    static ChainName addresses(String id) {
        return chain(PREFIX + id + "-mac");
    }

    /** Of the base chain: what comes from the port goes through the own one. */
    RuleBody entrance() {
        Data name = Data.of(link.getBytes(StandardCharsets.UTF_8)).padded(NAME);
        return rule(new Meta(NfTables.NFT_META_IIFNAME), new Cmp(false, name), Immediate.jump(own(id).chain()));
    }

    /** Of the own chain. */
    RuleBody step() {
        return rule(Immediate.jump(addresses(id).chain()));
    }

    /** Of the chain of addresses. */
    List<RuleBody> verdicts() {
        return List.of(
                rule(
                        new Payload(NfTables.NFT_PAYLOAD_LL_HEADER, SOURCE_ADDRESS, SOURCE_ADDRESS),
                        new Cmp(false, Data.of(mac.bytes())),
                        Immediate.verdict(NfTables.NFT_RETURN)),
                rule(Immediate.verdict(NfTables.NF_DROP)));
    }

    private RuleBody rule(Expression... expressions) {
        return RuleBody.commented(List.of(expressions), COMMENT + id);
    }

    private static ChainName chain(String name) {
        return new ChainName(NftFamily.BRIDGE, TABLE, name);
    }
}
