package io.netd.trace;

import io.netd.linux.sys.LinuxException;
import io.netd.netlink.nft.TraceEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tells what was seen of a probe, from where it was sent to where it ended. */
final class Story {
    private final Probe probe;
    private final Surroundings around;
    private final Sightings sightings;
    private final RuleText words;
    private final List<TraceStep> steps = new ArrayList<>();

    Story(Probe probe, Surroundings around, Sightings sightings) {
        this.probe = probe;
        this.around = around;
        this.sightings = sightings;
        this.words = new RuleText(around.host());
    }

    /** The whole way. */
    PacketTrace tell(Sending sending, Optional<LinuxException> refusal) {
        add("sent", sending.text());
        sightings.sent().forEach(this::visit);
        boolean arrived = end(sending, refusal);
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
            passage(point.get(), visit);
        } else {
            visit.rules().forEach(rule -> add("rule", words.of(rule)));
        }
    }

    private void passage(Point point, Visit visit) {
        if (visit.isBridged()) {
            bridging(point, visit);
            return;
        }
        switch (point) {
            case PREROUTING -> add("received", "by " + around.link(visit.inIndex()));
            case INPUT -> add("routed", visit.packet().destination() + " is this host's own");
            case FORWARD -> add("routed", visit.packet().destination() + " is behind " + around.link(visit.outIndex()));
            default -> {}
        }
    }

    private void bridging(Point point, Visit visit) {
        if (point == Point.FORWARD) {
            add("bridged", "from " + around.link(visit.inIndex()) + " to " + around.link(visit.outIndex()));
        }
    }

    private boolean end(Sending sending, Optional<LinuxException> refusal) {
        Optional<TraceEvent> drop = sightings.drop();
        if (drop.isPresent()) {
            return stop("dropped by " + text(drop.get()));
        }
        Optional<Visit> last = sightings.last();
        Ending ending = new Ending(probe, around, sightings, this::add);
        return last.map(ending::of).orElseGet(() -> unseen(sending, refusal, ending));
    }

    private boolean unseen(Sending sending, Optional<LinuxException> refusal, Ending ending) {
        return sending.own()
                .map(ending::within)
                .orElseGet(() -> stop(refusal.map(e -> "not sent: " + e.errno().text())
                        .or(() -> around.isolation(probe.destination()))
                        .orElseGet(() -> sending.unseen(probe.destination()))));
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
}
