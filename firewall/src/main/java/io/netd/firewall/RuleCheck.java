package io.netd.firewall;

import io.netd.address.IpAddress;
import io.netd.address.IpFamily;
import io.netd.address.IpPrefix;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Refuses rules that no kernel would take. */
final class RuleCheck {
    private RuleCheck() {}

    static void check(IpFamily family, Table table, List<Match> matches, Target target) {
        Set<Class<?>> kinds = new HashSet<>();
        for (Match match : matches) {
            if (!kinds.add(match.getClass())) {
                throw new IllegalArgumentException("two conditions of one kind: " + match);
            }
            if (!isOf(family, match)) {
                throw new IllegalArgumentException(match + " is not of " + family);
            }
        }
        require(!kinds.contains(Match.Icmp.class) || !kinds.contains(Match.Proto.class), "two protocols in one rule");
        boolean ports = kinds.contains(Match.SourcePort.class) || kinds.contains(Match.DestinationPort.class);
        require(!ports || kinds.contains(Match.Proto.class), "a port condition needs a protocol");
        checkTarget(family, table, kinds, target);
    }

    private static void checkTarget(IpFamily family, Table table, Set<Class<?>> kinds, Target target) {
        if (target instanceof Target.Dnat dnat) {
            require(table == Table.NAT, "DNAT outside the nat table");
            requireFamily(family, dnat.address());
            require(
                    dnat.ports().isEmpty() || kinds.contains(Match.Proto.class),
                    "DNAT to a port needs a protocol condition");
        } else if (target instanceof Target.Snat snat) {
            require(table == Table.NAT, "SNAT outside the nat table");
            requireFamily(family, snat.address());
        } else if (target instanceof Target.Masquerade) {
            require(table == Table.NAT, "MASQUERADE outside the nat table");
        }
    }

    private static boolean isOf(IpFamily family, Match match) {
        if (match instanceof Match.Source source) {
            return isNetworkOf(family, source.prefix());
        }
        return !(match instanceof Match.Destination destination) || isNetworkOf(family, destination.prefix());
    }

    private static boolean isNetworkOf(IpFamily family, IpPrefix prefix) {
        return prefix.family() == family;
    }

    private static void requireFamily(IpFamily family, IpAddress address) {
        if (address.family() != family) {
            throw new IllegalArgumentException(address + " is not of " + family);
        }
    }

    private static void require(boolean condition, String text) {
        if (!condition) {
            throw new IllegalArgumentException(text);
        }
    }
}
