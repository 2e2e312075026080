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
        Optional<Stop> stop = end(sending, refusal);
        stop.ifPresent(found -> add("stopped", found.text()));
        return new PacketTrace(
                SeenPacket.text(probe.source(), probe.sourcePort()) + " -> "
                        + SeenPacket.text(probe.destination(), probe.destinationPort()) + "/" + probe.protocol(),
                steps,
                stop);
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

    private Optional<Stop> end(Sending sending, Optional<LinuxException> refusal) {
        Optional<TraceEvent> drop = sightings.drop();
        if (drop.isPresent()) {
            return drop.map(words::dropping);
        }
        Ending ending = new Ending(probe, around, sightings, words, this::add);
        return sightings.last().map(ending::of).orElseGet(() -> unseen(sending, refusal, ending));
    }

    private Optional<Stop> unseen(Sending sending, Optional<LinuxException> refusal, Ending ending) {
        if (sending.own().isPresent()) {
            return ending.within(sending.own().get());
        }
        Faults faults = new Faults(around);
        return Optional.of(refusal.map(e -> new Stop(
                        Cause.NOT_SENT,
                        around.senderName(),
                        "not sent: " + e.errno().text()))
                .or(() -> around.isolation(probe.destination()))
                .or(() -> faults.ofSender(probe.family()))
                .or(() -> faults.ofGuestAt(probe.destination()))
                .orElseGet(() -> sending.unseen(probe.destination(), around)));
    }

    private void add(String what, String text) {
        steps.add(new TraceStep(what, text));
    }
}
