package io.netd.firewall;

import java.util.List;

/**
 * One transaction: rules that go and rules that come.
 *
 * @param removed rules that nobody wants any more
 * @param added rules that were not wanted before, in the order in which they were put
 * @param after all desired rules once the change is done; valid during the call only
 */
public record Change(List<Rule> removed, List<Rule> added, RuleSet after) {
    public Change {
        removed = List.copyOf(removed);
        added = List.copyOf(added);
    }

    /** Tells whether there is nothing to do. */
    public boolean isEmpty() {
        return removed.isEmpty() && added.isEmpty();
    }
}
