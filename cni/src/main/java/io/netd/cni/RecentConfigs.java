package io.netd.cni;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads configurations and remembers the last ones by their bytes: a runtime sends the same text for every container of a
 * network. Any thread.
 */
public final class RecentConfigs {
    private static final int MOST = 32;
    private static final int LONGEST = 8 << 10;

    private final Map<Key, NetworkConfig> known = new LinkedHashMap<>(MOST, 1, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, NetworkConfig> eldest) {
            return size() > MOST;
        }
    };

    /**
     * Reads a configuration.
     *
     * @throws CniException as {@link NetworkConfig#read}; what is wrong is not remembered
     */
    NetworkConfig read(byte[] json, Command command) {
        if (json.length > LONGEST) {
            return NetworkConfig.read(Settings.parse(json), command);
        }
        Key key = new Key(command, json);
        synchronized (this) {
            NetworkConfig found = known.get(key);
            if (found != null) {
                return found;
            }
        }
        NetworkConfig config = NetworkConfig.read(Settings.parse(json), command);
        synchronized (this) {
            known.put(key, config);
        }
        return config;
    }

    /** What is read means something else to another command. */
    private record Key(Command command, byte[] json) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && command == key.command && Arrays.equals(json, key.json);
        }

        @Override
        public int hashCode() {
            return 31 * command.hashCode() + Arrays.hashCode(json);
        }
    }
}
