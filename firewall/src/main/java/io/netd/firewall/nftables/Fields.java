package io.netd.firewall.nftables;

import io.netd.address.IpAddress;
import io.netd.address.Protocol;
import io.netd.netlink.nft.Data;
import io.netd.netlink.nft.DataType;
import java.io.ByteArrayOutputStream;

/** Fields of a key or value beside one another, each filled up to whole registers. */
final class Fields {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Fields address(IpAddress address) {
        out.writeBytes(address.bytes());
        return this;
    }

    Fields protocol(Protocol protocol) {
        return add(Data.of((byte) protocol.number()), DataType.INET_PROTO);
    }

    Fields port(int port) {
        return add(Headers.port(port), DataType.INET_SERVICE);
    }

    Fields name(String name) {
        return add(Headers.interfaceName(name), DataType.IFNAME);
    }

    Data data() {
        return Data.of(out.toByteArray());
    }

    private Fields add(Data data, DataType type) {
        out.writeBytes(data.padded(type.padded()).bytes());
        return this;
    }
}
