package io.netd.e2e;

import io.netd.address.IpFamily;
import io.netd.e2e.Traffic.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The expectations of {@code reach.txt}, which says how it is read. */
record ReachTable(List<Network> networks) {
    private static final List<Kind> WITH_PORTS = List.of(Kind.TCP, Kind.UDP, Kind.SCTP);
    private static final Pattern OVER = Pattern.compile("(tcp|udp|sctp|icmp)?(4?6?)");

    /** Who asks. */
    enum Place {
        WIRE,
        HOST,
        NEIGHBOUR,
        ITSELF,
        STRANGER
    }

    /** Options are words for {@code network create}. */
    record Network(String name, List<String> options, List<Row> rows) {
        /** Whether netd has it from the beginning, with IPv4 only. */
        boolean isPredefined() {
            return name.equals("bridge");
        }

        boolean isInternal() {
            return options.contains("--internal");
        }
    }

    /**
     * One line.
     *
     * @param server who is to answer, at which port
     * @param seen as whom each is to be seen, with br_netfilter's settings at 0 and at 1
     */
    record Row(
            String published,
            List<Kind> kinds,
            List<IpFamily> families,
            End asked,
            End server,
            Map<Place, List<String>> seen) {
        String seenBy(Place place, int bridgeNetfilter) {
            List<String> both = seen.get(place);
            return both.get(Math.min(bridgeNetfilter, both.size() - 1));
        }
    }

    /** An address by its name, or a server, and a port. */
    record End(String name, String port) {
        static End parse(String text) {
            int colon = text.indexOf(':');
            return new End(text.substring(0, colon), text.substring(colon + 1));
        }

        @Override
        public String toString() {
            return name + ":" + port;
        }
    }

    static ReachTable read() {
        List<Network> networks = new ArrayList<>();
        for (String line : text().lines().toList()) {
            List<String> words = List.of(line.split("\\s+"));
            if (words.get(0).equals("network")) {
                networks.add(new Network(words.get(1), words.subList(2, words.size()), new ArrayList<>()));
            } else if (!line.isEmpty() && !line.startsWith("#")) {
                Network network = networks.get(networks.size() - 1);
                network.rows().add(row(network.name(), words));
            }
        }
        return new ReachTable(networks);
    }

    private static String text() {
        try (InputStream in = ReachTable.class.getResourceAsStream("reach.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Row row(String network, List<String> words) {
        Matcher over = OVER.matcher(words.get(1));
        int columns = 4 + Place.values().length;
        if (!over.matches() || words.size() != columns) {
            throw new AssertionError("not a row of " + columns + " columns: " + words);
        }
        String server = words.get(3);
        return new Row(
                words.get(0),
                over.group(1) == null
                        ? WITH_PORTS
                        : List.of(Kind.valueOf(over.group(1).toUpperCase(Locale.ROOT))),
                over.group(2).chars().mapToObj(ReachTable::family).toList(),
                End.parse(words.get(2)),
                End.parse(server.contains(":") ? server : network + ":" + server),
                seen(words.subList(4, columns)));
    }

    private static IpFamily family(int digit) {
        return digit == '4' ? IpFamily.IPV4 : IpFamily.IPV6;
    }

    private static Map<Place, List<String>> seen(List<String> cells) {
        return Arrays.stream(Place.values())
                .collect(Collectors.toMap(
                        place -> place,
                        place -> List.of(cells.get(place.ordinal()).split("/")),
                        (one, other) -> one,
                        () -> new EnumMap<>(Place.class)));
    }
}
