package io.netd.netctl.command;

import io.netd.netctl.api.PublishedPort;
import java.util.List;
import java.util.stream.Collectors;

/** Published ports in docker's words. */
final class PortText {
    private PortText() {}

    /** {@code 0.0.0.0:8080->80/tcp, ...} */
    static String of(List<PublishedPort> ports) {
        return ports.stream()
                .map(port -> hostEnd(port) + "->" + containerEnd(port))
                .collect(Collectors.joining(", "));
    }

    /** {@code 0.0.0.0:8080} or {@code [::]:8080} */
    static String hostEnd(PublishedPort port) {
        String ip = port.hostIp().contains(":") ? "[" + port.hostIp() + "]" : port.hostIp();
        return ip + ":" + port.hostPort();
    }

    /** {@code 80/tcp} */
    static String containerEnd(PublishedPort port) {
        return port.containerPort() + "/" + port.protocol();
    }
}
