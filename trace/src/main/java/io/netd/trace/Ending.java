package io.netd.trace;

import io.netd.address.IpAddress;
import io.netd.address.IpFamily;
import io.netd.address.Protocol;
import io.netd.linux.ns.NetworkNamespace;
import io.netd.netlink.NetlinkException;
import io.netd.netlink.route.RouteLookup;
import io.netd.netlink.route.RouteSocket;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** How the way of a probe ended that no rule of nf_tables has dropped: what stopped it, or nothing when it arrived. */
final class Ending {
    private static final String REFUSAL = "the connection is refused";

    private final Probe probe;
    private final Surroundings around;
    private final Sightings sightings;
    private final RuleText words;
    private final BiConsumer<String, String> tell;
    private final Faults faults;
    private final Absence absence;
    private final Losses losses;

    Ending(Probe probe, Surroundings around, Sightings sightings, RuleText words, BiConsumer<String, String> tell) {
        this.probe = probe;
        this.around = around;
        this.sightings = sightings;
        this.words = words;
        this.tell = tell;
        this.faults = new Faults(around);
        this.absence = new Absence(probe.protocol(), around.guests());
        this.losses = new Losses(probe, around, sightings, faults);
    }

    /** Of one that was last seen there. */
    Optional<Stop> of(Visit last) {
        Optional<Point> point = last.point();
        if (point.filter(here -> here == Point.INPUT_END).isPresent()) {
            return onHost(last.packet());
        }
        if (point.filter(here -> here == Point.POSTROUTING_END).isPresent()) {
            return departure(last);
        }
        return Optional.of(losses.of(last));
    }

    /** Of a probe that its sender has sent to itself. */
    Optional<Stop> within(NetworkNamespace place) {
        tell.accept("routed", probe.destination() + " is the sender's own");
        Optional<Listeners.Found> found =
                Listeners.at(place, probe.protocol(), probe.destination(), probe.destinationPort());
        found.ifPresent(socket -> tell.accept("listener", socket.text()));
        return found.isPresent()
                ? Optional.empty()
                : Optional.of(absence.in(place, probe.destination(), probe.destinationPort()));
    }

    private Optional<Stop> departure(Visit last) {
        SeenPacket packet = last.packet();
        Optional<Guest> guest = around.guests().at(packet.destination());
        if (guest.filter(found -> around.isBehind(found, last.outIndex())).isEmpty()) {
            tell.accept("sent on", "by " + around.link(last.outIndex()) + " to " + packet.to());
            return guest.map(astray -> Optional.of(astray(astray, packet.destination())))
                    .orElseGet(() -> sightings.answer().map(this::answer).orElseGet(() -> unanswered(last)));
        }
        tell.accept(
                "container",
                guest.get().name()
                        + guest.get().hostInterface().map(link -> " by " + link).orElse(""));
        return fault(last).or(() -> inside(guest.get(), packet));
    }

    private Stop astray(Guest guest, IpAddress destination) {
        return faults.to(destination)
                .orElseGet(() -> new Stop(
                        Cause.WRONG_ROUTE,
                        destination.toString(),
                        destination + " is " + guest + "'s, but the route leads elsewhere"));
    }

    /** Why a link to elsewhere would not bring the packet on; what happens behind it nobody knows. */
    private Optional<Stop> unanswered(Visit last) {
        IpAddress destination = last.packet().destination();
        return faults.ofLink(last.outIndex(), "which leads to " + destination)
                .or(() -> Silence.of(nextHop(destination), last.outIndex(), around.route()));
    }

    private IpAddress nextHop(IpAddress destination) {
        try {
            RouteLookup found = around.route().routes().lookup(destination);
            return found.gateway().orElse(destination);
        } catch (NetlinkException e) {
            return destination;
        }
    }

    /** Why a container's link would not bring the packet there. */
    private Optional<Stop> fault(Visit last) {
        IpAddress destination = last.packet().destination();
        return sightings.answer().isPresent()
                ? Optional.empty()
                : faults.ofGuestAt(destination).or(() -> Silence.of(destination, last.outIndex(), around.route()));
    }

    private Optional<Stop> inside(Guest guest, SeenPacket packet) {
        IpAddress address = packet.destination();
        int port = packet.destinationPort();
        try (NetworkNamespace place = guest.open();
                RouteSocket route = RouteSocket.openIn(place)) {
            Optional<Listeners.Found> found = Listeners.at(place, probe.protocol(), address, port);
            found.ifPresent(socket -> tell.accept("listener", socket.text()));
            return end(
                    found,
                    () -> absence.in(place, address, port),
                    () -> new Reception(place, route, guest)
                            .of(packet)
                            .or(() -> silent(guest.name(), guest.toString())));
        } catch (GoneException e) {
            return Optional.of(e.stop());
        }
    }

    private Optional<Stop> onHost(SeenPacket packet) {
        IpAddress address = packet.destination();
        int port = packet.destinationPort();
        Optional<Listeners.Found> found = Listeners.at(around.host(), probe.protocol(), address, port);
        boolean isPublished = !around.guests().publishing(port).isEmpty();
        if (isPublished && found.filter(Listeners.Found::isHeld).isPresent()) {
            return held(packet);
        }
        found.ifPresent(socket -> tell.accept("listener", socket.text()));
        return end(found, () -> absence.onHost(around.host(), address, port), () -> silent("this host", "this host"));
    }

    private Optional<Stop> held(SeenPacket packet) {
        if (sightings.answer().isEmpty() && !isRelayed(packet)) {
            return Optional.of(absence.untranslated(packet.destination(), packet.destinationPort()));
        }
        tell.accept("relayed", "by netd to the container that publishes the port");
        return sightings.answer().flatMap(this::answer).or(() -> relayed(packet));
    }

    /** The relay accepts before it knows whether the container does; it takes the container's IPv6 address if there is one. */
    private Optional<Stop> relayed(SeenPacket packet) {
        return around.guests().publishing(packet.destinationPort()).stream()
                .filter(port -> port.covers(probe.protocol(), packet.destination()))
                .findFirst()
                .flatMap(port -> port.target(IpFamily.IPV6)
                        .or(() -> port.target(IpFamily.IPV4))
                        .flatMap(target -> faults.ofGuestAt(target).or(() -> absent(port, target))));
    }

    private Optional<Stop> absent(PublishedPort port, IpAddress target) {
        try (NetworkNamespace place = port.guest().open()) {
            return Listeners.at(place, probe.protocol(), target, port.containerPort())
                            .isPresent()
                    ? Optional.empty()
                    : Optional.of(absence.in(place, target, port.containerPort()));
        } catch (GoneException e) {
            return Optional.of(e.stop());
        }
    }

    /** Where it is known who listens. */
    private Optional<Stop> end(
            Optional<Listeners.Found> listener, Supplier<Stop> absent, Supplier<Optional<Stop>> unanswered) {
        Optional<SeenPacket> answer = sightings.answer();
        if (answer.isEmpty()) {
            return listener.isEmpty() ? Optional.of(absent.get()) : unanswered.get();
        }
        return isAccepted(answer.get())
                ? accepted()
                : Optional.of(listener.map(found -> refused(answer.get(), found))
                        .orElseGet(() -> absent.get().within(REFUSAL)));
    }

    /** A datagram to ::1; the container answers it, if anybody. */
    private boolean isRelayed(SeenPacket packet) {
        return probe.protocol() == Protocol.UDP
                && probe.family() == IpFamily.IPV6
                && packet.destination().isLoopback();
    }

    private Optional<Stop> silent(String thing, String who) {
        return probe.protocol() == Protocol.UDP
                ? Optional.empty()
                : Optional.of(new Stop(Cause.NO_ANSWER, thing, "no answer: something in " + who + " drops the packet"));
    }

    /** Of somebody whose processes this host does not know. */
    private Optional<Stop> answer(SeenPacket answer) {
        String socket = answer.from() + "/" + probe.protocol();
        return isAccepted(answer)
                ? accepted()
                : Optional.of(new Stop(Cause.NO_LISTENER, socket, "no process listens on " + socket).within(REFUSAL));
    }

    private boolean isAccepted(SeenPacket answer) {
        return answer.accepts(probe.protocol().number());
    }

    private Stop refused(SeenPacket answer, Listeners.Found listener) {
        return new Stop(
                Cause.REFUSED,
                answer.from() + "/" + probe.protocol(),
                REFUSAL + " although " + listener.text() + " listens");
    }

    private Optional<Stop> accepted() {
        boolean isConnection = probe.protocol() != Protocol.UDP;
        tell.accept("answer", isConnection ? "the connection is accepted" : "a datagram comes back");
        return sightings
                .answerDrop()
                .map(words::dropping)
                .or(() -> sightings.lostAnswer().map(losses::ofAnswer))
                .or(() -> faults.ofGuestAt(probe.source()))
                .map(stop -> stop.within("the answer"));
    }
}
