package io.netd.netctl.command;

import io.netd.netctl.api.Topology;
import io.netd.netctl.api.Topology.Bridge;
import io.netd.netctl.api.Topology.Detached;
import io.netd.netctl.api.Topology.Plug;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Draws a topology with lines, the way one would on a whiteboard. */
final class TopologyDrawing {
    private static final int SHORT_ID = 12;
    private static final String SHARES = "container:";

    private final Topology topology;
    private final List<String> lines = new ArrayList<>();
    private final List<Detached> drawn = new ArrayList<>();

    private TopologyDrawing(Topology topology) {
        this.topology = topology;
    }

    /** The drawing, line by line. */
    static List<String> lines(Topology topology) {
        return new TopologyDrawing(topology).draw();
    }

    private List<String> draw() {
        topology.bridges().forEach(this::draw);
        for (Detached other : topology.others()) {
            if (!drawn.contains(other)) {
                lines.add(label(other.containerName(), other.containerId()) + "  network " + mode(other));
            }
        }
        return List.copyOf(lines);
    }

    private void draw(Bridge bridge) {
        String addresses = String.join(" ", bridge.addresses());
        lines.add("[" + bridge.name() + "] " + addresses + "  bridge of network " + bridge.network());
        for (int i = 0; i < bridge.plugs().size(); i++) {
            draw(bridge.plugs().get(i), i == bridge.plugs().size() - 1);
        }
    }

    private void draw(Plug plug, boolean last) {
        lines.add((last ? " └── " : " ├── ") + plug.hostInterface() + " ─── " + plug.containerInterface() + " "
                + String.join(" ", plug.addresses()) + "  " + label(plug.containerName(), plug.containerId()));
        String below = (last ? "     " : " │   ") + "     ";
        if (!plug.ports().isEmpty()) {
            lines.add(below + "ports " + PortText.of(plug.ports(), " ──> "));
        }
        List<Detached> guests = topology.others().stream()
                .filter(other -> other.mode().equals(SHARES + plug.containerId()))
                .toList();
        if (!guests.isEmpty()) {
            lines.add(below + "shared by "
                    + guests.stream()
                            .map(guest -> label(guest.containerName(), guest.containerId()))
                            .collect(Collectors.joining(", ")));
            drawn.addAll(guests);
        }
    }

    private static String label(String name, String id) {
        return "[" + name + "] " + shortId(id);
    }

    private static String mode(Detached other) {
        return other.mode().startsWith(SHARES)
                ? SHARES + shortId(other.mode().substring(SHARES.length()))
                : other.mode();
    }

    private static String shortId(String id) {
        return id.length() > SHORT_ID ? id.substring(0, SHORT_ID) : id;
    }
}
