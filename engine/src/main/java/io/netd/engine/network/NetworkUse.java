package io.netd.engine.network;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Who is about to come to a network, and which networks are about to go: nobody comes to one that goes, and none goes while
 * somebody comes. Those who have come are in the journal. Any thread; never waits.
 */
final class NetworkUse {
    private final Map<String, Integer> coming = new HashMap<>();
    private final Set<String> going = new HashSet<>();

    /** Somebody wants to come; false while the network goes. Who may come says {@link #arrived} at last. */
    synchronized boolean come(String network) {
        if (going.contains(network)) {
            return false;
        }
        coming.merge(network, 1, Integer::sum);
        return true;
    }

    /** He is in the journal by now, or has given up. */
    synchronized void arrived(String network) {
        coming.computeIfPresent(network, (name, count) -> count > 1 ? count - 1 : null);
    }

    /** The network is to go; false while somebody comes. What may go says {@link #gone} at last. */
    synchronized boolean go(String network) {
        return !coming.containsKey(network) && going.add(network);
    }

    /** It has gone, or stays. */
    synchronized void gone(String network) {
        going.remove(network);
    }
}
