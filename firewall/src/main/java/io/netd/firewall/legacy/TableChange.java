package io.netd.firewall.legacy;

import io.netd.address.IpFamily;
import io.netd.firewall.ChainRef;
import io.netd.firewall.Chains;
import io.netd.firewall.Change;
import io.netd.firewall.Rule;
import io.netd.firewall.Table;
import io.netd.firewall.Target;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The part of a change that concerns one table, as lines for iptables-restore --noflush. */
final class TableChange {
    private final IpFamily family;
    private final Table table;
    private final Change change;
    private final Listing listing;
    private final List<String> lines = new ArrayList<>();
    private final List<Rule> placed = new ArrayList<>();
    private final List<Rule> gone = new ArrayList<>();
    private final Map<String, Map<String, Rule>> ours = new HashMap<>();

    /**
     * Works the change out.
     *
     * @param listing what is there
     * @param recognise whether a new rule that is there already may be netd's; in a built-in chain it may be somebody
     *     else's
     */
    TableChange(IpFamily family, Table table, Change change, Listing listing, boolean recognise) {
        this.family = family;
        this.table = table;
        this.change = change;
        this.listing = listing;
        remove();
        List<Rule> missing = mine(change.added()).stream()
                .filter(rule -> !listing.rules(rule.chain()).contains(rule.line())
                        || !recognise && Chains.isBuiltIn(rule.chain()) && !rule.isCommon())
                .filter(rule -> canStand(rule, listing))
                .toList();
        missing.forEach(this::makeChains);
        missing.forEach(this::add);
        removeChains();
    }

    /** Returns the text of the table, empty if there is nothing to do. */
    String text() {
        return lines.isEmpty() ? "" : "*" + table + "\n" + String.join("\n", lines) + "\nCOMMIT\n";
    }

    /** Returns the rules that were not there. */
    List<Rule> placed() {
        return List.copyOf(placed);
    }

    private List<Rule> mine(Collection<Rule> rules) {
        return rules.stream()
                .filter(rule -> rule.family() == family && rule.table() == table)
                .toList();
    }

    /** Frames go last, for what else stands in their chain decides. */
    private void remove() {
        mine(change.removed()).stream().filter(rule -> rule.frameOf().isEmpty()).forEach(this::remove);
        mine(change.removed()).stream()
                .filter(rule ->
                        rule.frameOf().filter(chain -> !isUsedByOthers(chain)).isPresent())
                .forEach(this::remove);
    }

    private boolean isUsedByOthers(ChainRef chain) {
        List<String> lines = new ArrayList<>(listing.rules(chain.chain()));
        Stream.concat(change.after().in(chain).stream(), mine(change.removed()).stream())
                .map(Rule::line)
                .forEach(lines::remove);
        return !lines.isEmpty();
    }

    private void remove(Rule rule) {
        gone.add(rule);
        if (listing.rules(rule.chain()).contains(rule.line())) {
            listing.rules(rule.chain()).remove(rule.line());
            lines.add("-D" + rule.line().substring(2));
        }
    }

    /** netd's own accepts come before those of others here, and their hooks are not needed. */
    static boolean canStand(Rule rule, Listing listing) {
        if (Chains.isHook(rule.chain())) {
            return false;
        }
        return !(rule.target() instanceof Target.Jump jump)
                || Chains.isMade(jump.chain())
                || listing.hasChain(jump.chain());
    }

    private void makeChains(Rule rule) {
        make(rule.chain());
        if (rule.target() instanceof Target.Jump jump) {
            make(jump.chain());
        }
    }

    private void make(String chain) {
        if (!listing.hasChain(chain)) {
            listing.make(chain);
            if (!Chains.isBuiltIn(chain)) {
                lines.add("-N " + chain);
            }
        }
    }

    private void add(Rule rule) {
        List<String> rules = listing.rules(rule.chain());
        int index = index(rule, rules);
        String line = rule.line();
        lines.add(
                index == rules.size()
                        ? line
                        : "-I " + rule.chain() + " " + (index + 1)
                                + line.substring("-A ".length() + rule.chain().length()));
        rules.add(index, line);
        placed.add(rule);
        ours.get(rule.chain()).put(line, rule);
    }

    /** Where among the chain's rules a new one belongs, see {@link Rule#rank}. */
    private int index(Rule rule, List<String> rules) {
        Map<String, Rule> known = ours.computeIfAbsent(rule.chain(), this::known);
        boolean front = rule.rank() < 0;
        int index = front ? 0 : rules.size();
        for (int i = 0; i < rules.size(); i++) {
            Optional<Rule> other = Optional.ofNullable(known.get(rules.get(i)));
            if (front && other.filter(found -> found.rank() <= rule.rank()).isPresent()) {
                index = i + 1;
            } else if (!front
                    && other.filter(found -> found.rank() > rule.rank()).isPresent()) {
                return i;
            }
        }
        return index;
    }

    private Map<String, Rule> known(String chain) {
        Map<String, Rule> known = new HashMap<>();
        change.after().in(new ChainRef(family, table, chain)).forEach(rule -> known.put(rule.line(), rule));
        return known;
    }

    private void removeChains() {
        Set<String> touched = new LinkedHashSet<>();
        for (Rule rule : gone) {
            touched.add(rule.chain());
            if (rule.target() instanceof Target.Jump jump) {
                touched.add(jump.chain());
            }
        }
        for (String chain : touched) {
            boolean removable = !Chains.isBuiltIn(chain) && Chains.isMade(chain);
            boolean unneeded = !change.after().needs(new ChainRef(family, table, chain)) && !listing.leadsTo(chain);
            if (removable
                    && unneeded
                    && listing.hasChain(chain)
                    && listing.rules(chain).isEmpty()) {
                listing.remove(chain);
                lines.add("-X " + chain);
            }
        }
    }
}
