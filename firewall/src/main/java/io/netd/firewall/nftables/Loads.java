package io.netd.firewall.nftables;

import io.netd.address.IpFamily;
import io.netd.netlink.nft.DataType;
import io.netd.netlink.nft.Expression;
import io.netd.netlink.nft.Meta;
import io.netd.netlink.nft.NfTables;
import io.netd.netlink.nft.Payload;
import java.util.ArrayList;
import java.util.List;

/** Loads where a packet goes and by what it came in, as a key to look up, into the registers from register 1 on. */
final class Loads {
    private Loads() {}

    static List<Expression> of(IpFamily family, List<DataType> fields) {
        List<Expression> loads = new ArrayList<>();
        int at = 0;
        for (DataType field : fields) {
            loads.add(load(family, field, DataType.register(at)));
            at += field.padded();
        }
        return loads;
    }

    private static Expression load(IpFamily family, DataType field, int register) {
        return switch (field) {
            case IPV4_ADDR, IPV6_ADDR ->
                new Payload(NfTables.NFT_PAYLOAD_NETWORK_HEADER, Headers.destination(family), field.padded(), register);
            case INET_PROTO -> new Meta(NfTables.NFT_META_L4PROTO, register);
            case INET_SERVICE ->
                new Payload(NfTables.NFT_PAYLOAD_TRANSPORT_HEADER, Headers.DESTINATION_PORT, 2, register);
            case IFNAME -> new Meta(NfTables.NFT_META_IIFNAME, register);
            case VERDICT -> throw new IllegalArgumentException("no packet has a verdict");
        };
    }
}
