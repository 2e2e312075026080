package io.netd.firewall.legacy;

import io.netd.address.IpFamily;
import io.netd.firewall.Chains;
import io.netd.firewall.Rule;
import io.netd.firewall.Table;
import io.netd.firewall.Target;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** Looks for rules that cannot stand, and reads a table once, and only where it has to: the first use makes it for good. */
final class Waiting {
    private record Place(IpFamily family, Table table) {}

    private final BiFunction<IpFamily, Table, String> save;
    private final Map<Place, Listing> listings = new HashMap<>();

    /** Reads tables by this, as {@link IptablesPrograms#save} does. */
    Waiting(BiFunction<IpFamily, Table, String> save) {
        this.save = save;
    }

    List<Rule> among(List<Rule> rules) {
        return rules.stream().filter(rule -> !canStand(rule)).toList();
    }

    private boolean canStand(Rule rule) {
        boolean isJumpToOthers = rule.target() instanceof Target.Jump jump && !Chains.isMade(jump.chain());
        return !Chains.isHook(rule.chain()) && (!isJumpToOthers || TableChange.canStand(rule, listing(rule)));
    }

    private Listing listing(Rule rule) {
        return listings.computeIfAbsent(
                new Place(rule.family(), rule.table()),
                place -> Listing.parse(save.apply(place.family(), place.table())));
    }
}
