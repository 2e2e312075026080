package io.netd.netctl.command;

import io.netd.netctl.api.Topology;
import io.netd.netctl.api.Topology.Bridge;
import io.netd.netctl.api.Topology.Plug;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Draws a topology with lines, the way one would on a whiteboard. */
final class TopologyDrawing {
    private static final int SHORT_ID = 12;

    private TopologyDrawing() {}

    /** The drawing, line by line. */
    static List<String> lines(Topology topology) {
        List<String> lines = new ArrayList<>();
        topology.bridges().forEach(bridge -> draw(bridge, lines));
        for (Topology.Detached other : topology.others()) {
            lines.add("[" + other.containerName() + "] " + shortId(other.containerId()) + "  network " + other.mode());
        }
        return lines;
    }

    private static void draw(Bridge bridge, List<String> lines) {
        String addresses = String.join(" ", bridge.addresses());
        lines.add("[" + bridge.name() + "] " + addresses + "  bridge of network " + bridge.network());
        for (int i = 0; i < bridge.plugs().size(); i++) {
            boolean last = i == bridge.plugs().size() - 1;
            draw(bridge.plugs().get(i), last, lines);
        }
    }

    private static void draw(Plug plug, boolean last, List<String> lines) {
        lines.add((last ? " └── " : " ├── ") + plug.hostInterface() + " ─── " + plug.containerInterface() + " "
                + String.join(" ", plug.addresses()) + "  [" + plug.containerName() + "] "
                + shortId(plug.containerId()));
        String ports = plug.ports().stream()
                .map(port -> PortText.hostEnd(port) + " ──> " + PortText.containerEnd(port))
                .collect(Collectors.joining(", "));
        if (!ports.isEmpty()) {
            lines.add((last ? "     " : " │   ") + "     ports " + ports);
        }
    }

    private static String shortId(String id) {
        return id.length() > SHORT_ID ? id.substring(0, SHORT_ID) : id;
    }
}
