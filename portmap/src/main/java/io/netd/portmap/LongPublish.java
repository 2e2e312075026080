package io.netd.portmap;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The long form of a {@code -p} value. {@code docker run} turns it into the short form and passes over keys that it does not
 * know; here they are refused, with the texts of {@code docker service}, because a misspelt key would publish another port.
 */
final class LongPublish {
    private static final List<String> KEYS = List.of("published", "target", "protocol", "mode");
    private static final List<String> MODES = List.of("host", "ingress");

    private LongPublish() {}

    /** The short form: {@code published:target/protocol}. The mode is Swarm's and means nothing on one host. */
    static String toShort(String flag) {
        Map<String, String> values = new HashMap<>(Map.of("protocol", "tcp"));
        for (String field : flag.split(",", -1)) {
            int equals = field.indexOf('=');
            if (equals <= 0) {
                throw new IllegalArgumentException(
                        "invalid publish opts format (should be name=value but got '" + field + "')");
            }
            String key = field.substring(0, equals);
            if (!KEYS.contains(key)) {
                throw new IllegalArgumentException("invalid field key: " + key);
            }
            values.put(key, field.substring(equals + 1));
        }
        String mode = values.getOrDefault("mode", "host");
        if (!MODES.contains(mode)) {
            throw new IllegalArgumentException(
                    "invalid publish mode value (" + mode + "): must be either 'ingress' or 'host'");
        }
        if (values.getOrDefault("target", "").isEmpty()) {
            throw new IllegalArgumentException("missing mandatory field 'target'");
        }
        return values.getOrDefault("published", "") + ":" + values.get("target") + "/" + values.get("protocol");
    }
}
