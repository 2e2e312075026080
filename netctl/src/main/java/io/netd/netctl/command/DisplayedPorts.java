package io.netd.netctl.command;

import io.netd.netctl.api.PublishedPort;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The PORTS column as {@code DisplayablePorts} of docker/cli makes it: ports that keep their number are drawn together as a
 * range, exposed ones too, and stand before those that change it.
 */
final class DisplayedPorts {
    private static final Comparator<PublishedPort> ORDER = Comparator.comparingInt(PublishedPort::containerPort)
            .thenComparing(PublishedPort::hostIp, DisplayedPorts::compareAddresses)
            .thenComparingInt(PublishedPort::hostPort)
            .thenComparing(PublishedPort::protocol);

    private final List<String> done = new ArrayList<>();
    private final Map<Ends, Range> open = new LinkedHashMap<>();
    private final List<String> renumbered = new ArrayList<>();

    private DisplayedPorts() {}

    private record Ends(String hostIp, String protocol) {}

    private record Range(int first, int last) {
        String numbers() {
            return first == last ? Integer.toString(first) : first + "-" + last;
        }
    }

    /** {@code 80/tcp, 0.0.0.0:9000-9003->9000-9003/tcp, [::]:8080->80/tcp} */
    static String of(List<PublishedPort> ports) {
        DisplayedPorts displayed = new DisplayedPorts();
        ports.stream().sorted(ORDER).forEach(displayed::add);
        displayed.open.forEach((ends, range) -> displayed.done.add(text(ends, range)));
        displayed.done.addAll(displayed.renumbered);
        return String.join(", ", displayed.done);
    }

    private void add(PublishedPort port) {
        if (port.isPublished() && port.hostPort() != port.containerPort()) {
            renumbered.add(PortText.hostEnd(port) + "->" + PortText.containerEnd(port));
            return;
        }
        int number = port.containerPort();
        Ends ends = new Ends(port.hostIp(), port.protocol());
        Range range = open.get(ends);
        if (range != null && number == range.last() + 1) {
            open.put(ends, new Range(range.first(), number));
            return;
        }
        if (range != null) {
            done.add(text(ends, range));
        }
        open.put(ends, new Range(number, number));
    }

    private static String text(Ends ends, Range range) {
        String inside = range.numbers() + "/" + ends.protocol();
        return ends.hostIp().isEmpty() ? inside : PortText.hostSocket(ends.hostIp(), range.numbers()) + "->" + inside;
    }

    /** None, then IPv4, then IPv6; within a family by number. */
    private static int compareAddresses(String one, String other) {
        byte[] left = bytes(one);
        byte[] right = bytes(other);
        int byFamily = Integer.compare(left.length, right.length);
        return byFamily != 0 ? byFamily : Arrays.compareUnsigned(left, right);
    }

    private static byte[] bytes(String address) {
        try {
            return address.isEmpty()
                    ? new byte[0]
                    : InetAddress.getByName(address).getAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("invalid IP address: " + address, e);
        }
    }
}
