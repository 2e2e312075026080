package io.netd.plugins.spi;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The ADDs of a host that are at work with links they share, such as a bridge, and what they changed about these until one
 * of them completes: what one of them changed and another found is taken back by the last one that fails. Any thread; what is
 * asked and what is changed stay true under the bridge's lock.
 */
public final class BridgeUsers {
    private final Map<String, Integer> users = new HashMap<>();
    private final List<Change> changes = new ArrayList<>();

    private record Change(String bridge, String link, Trace trace) {}

    /** An ADD begins, before it looks for the links. */
    public synchronized void enter(Collection<String> links) {
        links.forEach(link -> users.merge(link, 1, Integer::sum));
    }

    /** The ADD is over; it takes back what it left afterwards. */
    public synchronized void leave(Collection<String> links) {
        links.forEach(link -> users.computeIfPresent(link, (name, count) -> count == 1 ? null : count - 1));
    }

    /** Whether any ADD is at work with the link, whether or not it has a port there yet. */
    public synchronized boolean isUsed(String link) {
        return users.containsKey(link);
    }

    /** An ADD is about to change something about a link: the bridge, or one that belongs to it. */
    public synchronized void change(String bridge, String link, Trace trace) {
        Change change = new Change(bridge, link, trace);
        if (!changes.contains(change)) {
            changes.add(change);
        }
    }

    /** What ADDs changed about the bridge and its links of which none has completed, the first change first. */
    public synchronized List<Trace> changes(String bridge) {
        return changes.stream()
                .filter(change -> change.bridge().equals(bridge))
                .map(Change::trace)
                .toList();
    }

    /** An ADD that uses the links has completed: what was changed about them stays. */
    public synchronized void settle(Collection<String> links) {
        changes.removeIf(change -> links.contains(change.link()));
    }

    /** The change is taken back. */
    public synchronized void settle(Trace trace) {
        changes.removeIf(change -> change.trace().equals(trace));
    }
}
