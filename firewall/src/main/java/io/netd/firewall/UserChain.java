package io.netd.firewall;

import io.netd.address.IpFamily;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The way to the user's own rules. It stays when netd's rules go, to another framework or for good, as long as there are any
 * of the user's: the kernel drops what is dropped in whichever framework.
 */
public final class UserChain {
    private static final Owner FORMER = new Owner("former/user");

    private UserChain() {}

    /** Returns the rule that leads there. */
    static Rule way(IpFamily family) {
        return Rule.in(family, Table.FILTER, Chains.FORWARD, Ranks.USER).then(new Target.Jump(Chains.NETD_USER));
    }

    /**
     * Takes away, in all frameworks, the ways that none of netd's rules need and that lead to none of the user's any more,
     * with their chains.
     *
     * @throws FirewallException if the kernel does not tell, or refuses
     */
    public static void leave(Ledger ledger) {
        List<Rule> unneeded = ledger.foreign(Stream.of(Framework.values())
                .flatMap(framework ->
                        Stream.of(IpFamily.values()).map(family -> way(family).in(Optional.of(framework))))
                .toList());
        ledger.adopt(Map.of(FORMER, unneeded));
        try {
            ledger.remove(FORMER);
        } finally {
            ledger.adopt(Map.of(FORMER, List.of()));
        }
    }
}
