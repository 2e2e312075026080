package io.netd.trace;

import io.netd.linux.ns.NetworkNamespace;
import io.netd.linux.sys.LinuxException;
import io.netd.netlink.NetlinkException;
import io.netd.netlink.nft.TraceEvent;
import io.netd.netlink.route.Link;
import io.netd.netlink.route.RouteSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tells what was seen of a probe, from where it was sent to where it ended. */
final class Story {
    private final Probe probe;
    private final NetworkNamespace host;
    private final RouteSocket route;
    private final Guests guests;
    private final Sightings sightings;
    private final RuleText words;
    private final List<TraceStep> steps = new ArrayList<>();

    Story(Probe probe, NetworkNamespace host, RouteSocket route, Guests guests, Sightings sightings) {
        this.probe = probe;
        this.host = host;
        this.route = route;
        this.guests = guests;
        this.sightings = sightings;
        this.words = new RuleText(host);
    }

    /** The whole way, after {@code beginning}. */
    PacketTrace tell(TraceStep beginning, Optional<LinuxException> refusal) {
        steps.add(beginning);
        sightings.sent().forEach(this::visit);
        boolean arrived = end(refusal);
        return new PacketTrace(
                SeenPacket.text(probe.source(), probe.sourcePort()) + " -> "
                        + SeenPacket.text(probe.destination(), probe.destinationPort()) + "/" + probe.protocol(),
                arrived,
                steps);
    }

    private void visit(Visit visit) {
        List<Visit> all = sightings.sent();
        int index = all.indexOf(visit);
        if (index > 0 && !all.get(index - 1).packet().hasSameEnds(visit.packet())) {
            add(
                    "translated",
                    "to " + visit.packet().to() + ", from " + visit.packet().from());
        }
        Optional<Point> point = visit.point();
        if (point.isPresent()) {
            point.ifPresent(here -> passage(here, visit));
        } else {
            visit.rules().forEach(rule -> add("rule", words.of(rule)));
        }
    }

    private void passage(Point point, Visit visit) {
        switch (point) {
            case PREROUTING -> add("received", "by " + link(visit.inIndex()));
            case INPUT -> add("routed", visit.packet().destination() + " is this host's own");
            case FORWARD -> add("routed", visit.packet().destination() + " is behind " + link(visit.outIndex()));
            default -> {}
        }
    }

    private boolean end(Optional<LinuxException> refusal) {
        Optional<TraceEvent> drop = sightings.drop();
        if (drop.isPresent()) {
            return stop("dropped by " + text(drop.get()));
        }
        Optional<Visit> last = sightings.last();
        if (last.isEmpty()) {
            return stop(refusal.map(e -> "not sent: " + e.errno().text())
                    .orElse("it did not reach this host: the link it was sent by does not bring it here"));
        }
        return new Ending(probe, host, route, guests, sightings, this::add).of(last.get());
    }

    private String text(TraceEvent drop) {
        return drop.kind() == TraceEvent.Kind.POLICY
                ? "the policy of chain " + drop.chain() + " of table " + drop.table()
                : words.of(drop);
    }

    private boolean stop(String why) {
        add("stopped", why);
        return false;
    }

    private void add(String what, String text) {
        steps.add(new TraceStep(what, text));
    }

    private String link(int index) {
        try {
            return route.links().byIndex(index).map(Link::name).orElse("link " + index);
        } catch (NetlinkException e) {
            return "link " + index;
        }
    }
}
