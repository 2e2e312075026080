package io.netd.cni;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Notes which keys are asked for, so that a key that nobody knows can be told. */
final class Watch {
    private final Set<String> asked = ConcurrentHashMap.newKeySet();

    void note(String place) {
        asked.add(place.toLowerCase(Locale.ROOT));
    }

    /** The keys at and below a node that nobody asked for; what was read whole, as a map of texts is, has none. */
    List<String> unread(JsonNode node, String place) {
        List<String> unread = new ArrayList<>();
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                unread.addAll(unread(node.get(i), place + "[" + i + "]"));
            }
        } else if (node.isObject() && isLookedInto(place)) {
            for (Map.Entry<String, JsonNode> entry : node.properties()) {
                String key = place.isEmpty() ? entry.getKey() : place + "." + entry.getKey();
                if (asked.contains(key.toLowerCase(Locale.ROOT))) {
                    unread.addAll(unread(entry.getValue(), key));
                } else {
                    unread.add(key);
                }
            }
        }
        return unread;
    }

    private boolean isLookedInto(String place) {
        String prefix = place.toLowerCase(Locale.ROOT) + ".";
        return place.isEmpty() || asked.stream().anyMatch(key -> key.startsWith(prefix));
    }
}
