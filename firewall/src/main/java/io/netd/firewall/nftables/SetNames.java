package io.netd.firewall.nftables;

import io.netd.address.IpPrefix;
import io.netd.firewall.CtState;
import io.netd.firewall.Match;
import io.netd.firewall.Rule;
import io.netd.firewall.Target;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Names of sets that tell what their elements have in common, such as {@code filter-accept-not-in-br0-out-br0}. */
final class SetNames {
    private SetNames() {}

    /** Returns the name; nothing where a condition or the target cannot be told or nft would not read it. */
    static Optional<String> of(Rule rule, List<Match> common, PortKey key) {
        Optional<String> verdict = verdict(rule.target());
        if (verdict.isEmpty()) {
            return Optional.empty();
        }
        StringBuilder name =
                new StringBuilder().append(rule.table()).append('-').append(verdict.get());
        for (Match match : common) {
            Optional<String> part = part(match);
            if (part.isEmpty()) {
                return Optional.empty();
            }
            name.append(part.get());
        }
        if (key.ports().isEmpty()) {
            name.append("-address");
        } else if (key.isRange()) {
            name.append("-ranges");
        }
        return Optional.of(name.toString()).filter(SetNames::isReadable);
    }

    private static Optional<String> verdict(Target target) {
        if (target instanceof Target.Accept) {
            return Optional.of("accept");
        } else if (target instanceof Target.Drop) {
            return Optional.of("drop");
        }
        return target instanceof Target.Masquerade ? Optional.of("masquerade") : Optional.empty();
    }

    /** Whether nft reads the name, of a chain too. */
    static boolean isReadable(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (!isLetter(name.charAt(i)) && (i == 0 || !isOther(name.charAt(i)))) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private static boolean isOther(char c) {
        return c >= '0' && c <= '9' || c == '/' || c == '_' || c == '.' || c == '-';
    }

    private static Optional<String> part(Match match) {
        if (match instanceof Match.Source source) {
            return Optional.of(not(source.negated()) + "from-" + text(source.prefix()));
        } else if (match instanceof Match.InInterface in) {
            return Optional.of(not(in.negated()) + "in-" + in.name());
        } else if (match instanceof Match.OutInterface out) {
            return Optional.of(not(out.negated()) + "out-" + out.name());
        }
        boolean isTranslated =
                match instanceof Match.CtStates states && states.states().equals(Set.of(CtState.DNAT));
        return isTranslated ? Optional.of("-translated") : Optional.empty();
    }

    private static String not(boolean negated) {
        return negated ? "-not-" : "-";
    }

    /** nft reads no colon in a name. */
    static String text(IpPrefix prefix) {
        return prefix.toString().replace(':', '_');
    }
}
