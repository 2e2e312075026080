package io.netd.plugins.spi;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The ADDs of a host that are at work with a bridge, and the shared links among those that none of them has completed yet:
 * what one of them made and another found is taken back by the last one that fails. Any thread; {@link #isUsed} is asked,
 * and links are looked for and made, under the bridge's lock.
 */
public final class BridgeUsers {
    private final Map<String, Integer> users = new ConcurrentHashMap<>();
    private final Set<String> young = ConcurrentHashMap.newKeySet();

    /** An ADD begins, before it looks for the bridge. */
    public void enter(String bridge) {
        users.merge(bridge, 1, Integer::sum);
    }

    /** The ADD is over; it takes back what it left afterwards. */
    public void leave(String bridge) {
        users.computeIfPresent(bridge, (name, count) -> count == 1 ? null : count - 1);
    }

    /** Whether any ADD is at work with the bridge, whether or not it has a port there yet. */
    public boolean isUsed(String bridge) {
        return users.containsKey(bridge);
    }

    /** An ADD is about to make this link. */
    public void make(String link) {
        young.add(link);
    }

    /** Whether an ADD made this link and none that uses it has come to its end: whoever finds it must be ready to take it back. */
    public boolean isYoung(String link) {
        return young.contains(link);
    }

    /** An ADD that uses the link has come to its end, and the link stays; or it has gone. */
    public void settle(String link) {
        young.remove(link);
    }
}
