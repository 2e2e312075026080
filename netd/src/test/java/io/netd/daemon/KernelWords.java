package io.netd.daemon;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What the kernel says in /proc of the calling thread's network namespace. */
final class KernelWords {
    private static final Path NET = Path.of("/proc/thread-self/net");
    private static final Path PARAMETERS = Path.of("/proc/sys/net");
    private static final Set<String> OF_LINKS = Set.of(
            "forwarding", "route_localnet", "arp_filter", "arp_notify", "accept_dad", "accept_ra", "disable_ipv6");

    /** TCP_LISTEN of a TCP socket and TCP_CLOSE of a UDP one, which is how one that is bound alone is shown. */
    private static final Set<String> LISTENING = Set.of("0A", "07");

    private KernelWords() {}

    /** Routes of IPv6, bound ports, parameters of links and some others. */
    static List<String> here() {
        List<String> words = new ArrayList<>();
        for (String route : lines(NET.resolve("ipv6_route"))) {
            String[] columns = columns(route);
            if (!route.startsWith("fe80") && !route.startsWith("ff00")) {
                words.add("route " + columns[0] + "/" + columns[1] + " via " + columns[4] + " metric " + columns[5]
                        + " dev " + columns[9]);
            }
        }
        for (String protocol : List.of("tcp", "tcp6", "udp", "udp6")) {
            lines(NET.resolve(protocol)).stream()
                    .map(KernelWords::columns)
                    .filter(columns -> LISTENING.contains(columns[3]))
                    .forEach(columns -> words.add(protocol + " " + columns[1]));
        }
        parameters().forEach(file -> words.add(file + "=" + lines(file)));
        return words;
    }

    private static List<Path> parameters() {
        List<Path> files =
                new ArrayList<>(List.of(PARAMETERS.resolve("core/somaxconn"), PARAMETERS.resolve("ipv4/ip_forward")));
        for (String family : List.of("ipv4", "ipv6")) {
            try (Stream<Path> tree =
                    Files.find(PARAMETERS.resolve(family).resolve("conf"), 2, (path, kind) -> isOfLink(path))) {
                tree.sorted().forEach(files::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return files;
    }

    private static boolean isOfLink(Path path) {
        return OF_LINKS.contains(path.getFileName().toString());
    }

    private static String[] columns(String line) {
        return line.strip().split(" +");
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
