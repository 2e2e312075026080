package io.netd.firewall.nftables;

import io.netd.address.PortRange;
import io.netd.firewall.Rule;
import io.netd.firewall.Target;
import io.netd.netlink.nft.Data;
import io.netd.netlink.nft.Expression;
import io.netd.netlink.nft.Immediate;
import io.netd.netlink.nft.Load;
import io.netd.netlink.nft.Masquerade;
import io.netd.netlink.nft.Nat;
import io.netd.netlink.nft.NfTables;
import io.netd.netlink.nft.NftFamily;
import java.util.List;

/** The last expressions of a rule. */
final class Verdicts {
    private static final int ADDRESS = NfTables.NFT_REG_1;
    private static final int FIRST_PORT = NfTables.NFT_REG_2;
    private static final int LAST_PORT = NfTables.NFT_REG_3;

    private Verdicts() {}

    static List<Expression> of(Rule rule) {
        NftFamily family = NftFamily.of(rule.family());
        Target target = rule.target();
        if (target instanceof Target.Accept) {
            return List.of(Immediate.verdict(NfTables.NF_ACCEPT));
        } else if (target instanceof Target.Drop) {
            return drop();
        } else if (target instanceof Target.Return) {
            return List.of(Immediate.verdict(NfTables.NFT_RETURN));
        } else if (target instanceof Target.Jump jump) {
            return List.of(Immediate.jump(NftablesDialect.chainName(rule.table(), jump.chain())));
        } else if (target instanceof Target.Dnat dnat) {
            return destination(family, dnat);
        } else if (target instanceof Target.Snat snat) {
            return List.of(new Load(Data.of(snat.address().bytes()), ADDRESS), new Nat(true, family, ADDRESS, 0, 0));
        }
        return List.of(new Masquerade());
    }

    static List<Expression> drop() {
        return List.of(Immediate.verdict(NfTables.NF_DROP));
    }

    private static List<Expression> destination(NftFamily family, Target.Dnat dnat) {
        Load address = new Load(Data.of(dnat.address().bytes()), ADDRESS);
        if (dnat.ports().isEmpty()) {
            return List.of(address, new Nat(false, family, ADDRESS, 0, 0));
        }
        PortRange ports = dnat.ports().get();
        Load first = new Load(Headers.port(ports.first()), FIRST_PORT);
        return ports.size() == 1
                ? List.of(address, first, new Nat(false, family, ADDRESS, FIRST_PORT, FIRST_PORT))
                : List.of(
                        address,
                        first,
                        new Load(Headers.port(ports.last()), LAST_PORT),
                        new Nat(false, family, ADDRESS, FIRST_PORT, LAST_PORT));
    }
}
