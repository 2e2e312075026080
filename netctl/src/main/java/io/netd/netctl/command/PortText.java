package io.netd.netctl.command;

import io.netd.netctl.api.PublishedPort;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Published ports in docker's words. */
final class PortText {
    private PortText() {}

    /** {@code 0.0.0.0:8080->80/tcp, 0.0.0.0:9000-9003->9000-9003/tcp}, with the given arrow between the ends. */
    static String of(List<PublishedPort> ports, String arrow) {
        List<Range> ranges = new ArrayList<>();
        for (PublishedPort port : ports) {
            int last = ranges.size() - 1;
            if (last >= 0 && ranges.get(last).isFollowedBy(port)) {
                ranges.set(
                        last,
                        new Range(ranges.get(last).first(), ranges.get(last).more() + 1));
            } else {
                ranges.add(new Range(port, 0));
            }
        }
        return ranges.stream().map(range -> range.text(arrow)).collect(Collectors.joining(", "));
    }

    /** One line a port: {@code 80/tcp -> 0.0.0.0:8080}. */
    static void print(List<PublishedPort> ports, PrintStream out) {
        ports.forEach(port -> out.println(containerEnd(port) + " -> " + hostEnd(port)));
    }

    /** Says which values of {@code -p} lead nowhere, and what keeps others from the ports, a line each. */
    static void warn(Session session, String container, List<String> flags) {
        session.netd()
                .leadingNowhere(container, flags)
                .forEach(line -> session.err().println("WARNING: " + line));
    }

    /** {@code 0.0.0.0:8080} or {@code [::]:8080} */
    static String hostEnd(PublishedPort port) {
        return new Range(port, 0).hostEnd();
    }

    /** {@code 0.0.0.0:8080} or {@code [::]:8080-8089} */
    static String hostSocket(String ip, String ports) {
        return (ip.contains(":") ? "[" + ip + "]" : ip) + ":" + ports;
    }

    /** {@code 80/tcp} */
    static String containerEnd(PublishedPort port) {
        return new Range(port, 0).containerEnd();
    }

    /** A port and as many more behind it. */
    private record Range(PublishedPort first, int more) {
        boolean isFollowedBy(PublishedPort port) {
            return port.equals(new PublishedPort(
                    first.hostIp(), first.hostPort() + more + 1, first.containerPort() + more + 1, first.protocol()));
        }

        String text(String arrow) {
            return hostEnd() + arrow + containerEnd();
        }

        String hostEnd() {
            return hostSocket(first.hostIp(), numbers(first.hostPort()));
        }

        String containerEnd() {
            return numbers(first.containerPort()) + "/" + first.protocol();
        }

        private String numbers(int from) {
            return more == 0 ? Integer.toString(from) : from + "-" + (from + more);
        }
    }
}
