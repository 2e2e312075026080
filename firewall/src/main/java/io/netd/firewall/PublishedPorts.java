package io.netd.firewall;

import io.netd.address.IpFamily;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** Chain {@link Chains#NETD} of table nat, which translates published ports. */
public final class PublishedPorts {
    /** Asked for with every rule. */
    private static final Map<IpFamily, Rule> ENTRANCES = new EnumMap<>(IpFamily.class);

    static {
        for (IpFamily family : IpFamily.values()) {
            ENTRANCES.put(
                    family,
                    Rule.in(family, Table.NAT, Chains.PREROUTING, Ranks.ANY)
                            .when(new Match.DestinationType(AddressType.LOCAL))
                            .then(new Target.Jump(Chains.NETD)));
        }
    }

    private PublishedPorts() {}

    /** Returns the chain. */
    public static ChainRef chain(IpFamily family) {
        return new ChainRef(family, Table.NAT, Chains.NETD);
    }

    /** Returns the way into it for what comes from elsewhere, shared by all ports. */
    public static Rule entrance(IpFamily family) {
        return Objects.requireNonNull(ENTRANCES.get(family));
    }
}
