package io.netd.firewall.nft;

import io.netd.address.IpAddress;
import io.netd.address.IpFamily;
import io.netd.address.PortRange;
import io.netd.firewall.Target;
import io.netd.netlink.nft.Data;
import io.netd.netlink.nft.Expression;
import io.netd.netlink.nft.Immediate;
import io.netd.netlink.nft.NfTables;
import io.netd.netlink.nft.XtTarget;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** Verdicts are nf_tables' own, address translation is xtables' (its ranges come in three layouts). */
final class TargetEncoder {
    private static final int NF_NAT_RANGE_MAP_IPS = 1;
    private static final int NF_NAT_RANGE_PROTO_SPECIFIED = 2;
    private static final int ADDRESS = 16;

    private TargetEncoder() {}

    static Expression encode(IpFamily family, Target target) {
        if (target instanceof Target.Accept) {
            return Immediate.verdict(NfTables.NF_ACCEPT);
        } else if (target instanceof Target.Drop) {
            return Immediate.verdict(NfTables.NF_DROP);
        } else if (target instanceof Target.Return) {
            return Immediate.verdict(NfTables.NFT_RETURN);
        } else if (target instanceof Target.Jump jump) {
            return Immediate.jump(jump.chain());
        } else if (target instanceof Target.Dnat dnat) {
            return new XtTarget("DNAT", 2, Data.of(range2(dnat.address(), dnat.ports())));
        } else if (target instanceof Target.Snat snat) {
            return sourceNat(family, "SNAT", Optional.of(snat.address()));
        }
        return sourceNat(family, "MASQUERADE", Optional.empty());
    }

    /** SNAT's revision 0 is IPv4's, revision 1 both families' wider range; MASQUERADE has the same two as revision 0. */
    private static Expression sourceNat(IpFamily family, String name, Optional<IpAddress> address) {
        if (family == IpFamily.IPV4) {
            return new XtTarget(name, 0, Data.of(multiRange(address)));
        }
        return new XtTarget(name, address.isPresent() ? 1 : 0, Data.of(range(address)));
    }

    /** struct nf_nat_range2: flags, address from and to, port from, to and base. */
    private static byte[] range2(IpAddress address, Optional<PortRange> ports) {
        int flags = NF_NAT_RANGE_MAP_IPS | (ports.isPresent() ? NF_NAT_RANGE_PROTO_SPECIFIED : 0);
        ByteBuffer info = info(44).putInt(flags);
        info.put(4, address.bytes()).put(4 + ADDRESS, address.bytes());
        info.order(ByteOrder.BIG_ENDIAN).position(4 + 2 * ADDRESS);
        ports.ifPresent(range -> info.putShort((short) range.first()).putShort((short) range.last()));
        return info.array();
    }

    /** struct nf_nat_range: flags, address from and to, ports. */
    private static byte[] range(Optional<IpAddress> address) {
        ByteBuffer info = info(40).putInt(address.isPresent() ? NF_NAT_RANGE_MAP_IPS : 0);
        address.ifPresent(found -> info.put(4, found.bytes()).put(4 + ADDRESS, found.bytes()));
        return info.array();
    }

    /** struct nf_nat_ipv4_multi_range_compat: one range of flags, address from and to, ports. */
    private static byte[] multiRange(Optional<IpAddress> address) {
        ByteBuffer info = info(20).putInt(1).putInt(address.isPresent() ? NF_NAT_RANGE_MAP_IPS : 0);
        address.ifPresent(found -> info.put(found.bytes()).put(found.bytes()));
        return info.array();
    }

    private static ByteBuffer info(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.nativeOrder());
    }
}
