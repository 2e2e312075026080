package io.netd.trace;

import io.netd.address.IpAddress;
import java.util.Optional;

/** Why a packet went no further than a hook, when no rule of nf_tables has dropped it there. */
final class Losses {
    private final Probe probe;
    private final Surroundings around;
    private final Sightings sightings;
    private final Faults faults;

    Losses(Probe probe, Surroundings around, Sightings sightings, Faults faults) {
        this.probe = probe;
        this.around = around;
        this.sightings = sightings;
        this.faults = faults;
    }

    /** Of the probe. */
    Stop of(Visit last) {
        return rerouting(last).orElseGet(() -> loss(last, sightings.lastPoint()));
    }

    /** Of its answer. */
    Stop ofAnswer(Visit last) {
        return loss(last, sightings.lastAnswerPoint());
    }

    /** What OUTPUT translates is routed once more at once, and seen nowhere if that is refused. */
    private Optional<Stop> rerouting(Visit last) {
        SeenPacket packet = last.packet();
        return sightings.lastPoint().filter(point -> point == Point.OUTPUT).isPresent()
                ? around.guests().publishing(packet.destinationPort()).stream()
                        .filter(port -> port.covers(probe.protocol(), packet.destination()))
                        .flatMap(port -> port.target(probe.family()).stream())
                        .flatMap(target -> unrouted(packet.source(), target, 0).stream())
                        .findFirst()
                : Optional.empty();
    }

    private Stop loss(Visit last, Optional<Point> point) {
        if (point.filter(here -> here == Point.PREROUTING_END || here == Point.OUTPUT_END)
                .isPresent()) {
            return routing(last);
        }
        String hook = point.map(Point::hookName).orElse("its hook");
        return new Stop(
                Cause.HIDDEN_RULE,
                hook,
                "lost in " + hook + ", by no rule of nf_tables: look at the rules of iptables-legacy");
    }

    private Stop routing(Visit last) {
        SeenPacket packet = last.packet();
        IpAddress destination = packet.destination();
        Optional<Stop> why =
                last.isBridged() ? Optional.empty() : unrouted(packet.source(), destination, last.inIndex());
        return why.or(() -> around.isolation(destination))
                .or(() -> faults.ofGuestAt(destination))
                .orElseGet(() -> lost(last));
    }

    private Stop lost(Visit last) {
        String link = around.link(last.inIndex());
        return new Stop(
                Cause.LOST,
                link,
                last.isBridged()
                        ? "lost in the bridge that got it by " + link
                        : "lost where it is routed, although there is a route for what comes by " + link);
    }

    /** Why there is no route; the links on the way know better than the kernel's word for it. */
    private Optional<Stop> unrouted(IpAddress source, IpAddress destination, int inIndex) {
        return new Refusals(around.host(), around.route())
                .of(source, destination, inIndex)
                .map(stop -> stop.cause() == Cause.NO_ROUTE
                        ? faults.to(destination).orElse(stop).within("no way to " + destination)
                        : stop);
    }
}
