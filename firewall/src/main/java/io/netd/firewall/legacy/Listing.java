package io.netd.firewall.legacy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The chains of one table and their rules as iptables-save prints them, kept up to date while a change is written. */
final class Listing {
    private final Map<String, List<String>> chains = new LinkedHashMap<>();

    /** Reads the output of iptables-save for one table. */
    static Listing parse(String saved) {
        Listing listing = new Listing();
        saved.lines().forEach(line -> {
            if (line.startsWith(":")) {
                listing.make(line.substring(1, line.indexOf(' ')));
            } else if (line.startsWith("-A ")) {
                String chain = line.substring(3).split(" ", 2)[0];
                listing.rules(chain).add(line);
            }
        });
        return listing;
    }

    boolean hasChain(String chain) {
        return chains.containsKey(chain);
    }

    /** The rules of a chain, to be read and changed; none of a chain that is not there. */
    List<String> rules(String chain) {
        return chains.getOrDefault(chain, List.of());
    }

    /** Whether a rule jumps or goes to the chain. */
    boolean leadsTo(String chain) {
        return chains.values().stream()
                .flatMap(List::stream)
                .anyMatch(line -> line.endsWith(" -j " + chain) || line.endsWith(" -g " + chain));
    }

    void make(String chain) {
        chains.putIfAbsent(chain, new ArrayList<>());
    }

    void remove(String chain) {
        chains.remove(chain);
    }
}
