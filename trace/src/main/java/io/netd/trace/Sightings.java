package io.netd.trace;

import io.netd.netlink.nft.TraceEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All that was seen of one probe and its answer, put together from the kernel's events. Not thread-safe. */
final class Sightings {
    private final Probe probe;
    private final List<Visit> sent = new ArrayList<>();
    private final List<Visit> answer = new ArrayList<>();
    private final Map<Integer, Visit> current = new HashMap<>();

    Sightings(Probe probe) {
        this.probe = probe;
    }

    void take(TraceEvent event) {
        Visit.begin(event).ifPresent(visit -> begin(event.packet(), visit));
        Optional.ofNullable(current.get(event.packet())).ifPresent(visit -> visit.add(event));
    }

    /** Packets of other people's traces are passed over. */
    private void begin(int packet, Visit visit) {
        current.remove(packet);
        if (visit.packet().sourcePort() == probe.sourcePort()) {
            sent.add(visit);
            current.put(packet, visit);
        } else if (visit.packet().destinationPort() == probe.sourcePort()) {
            answer.add(visit);
            current.put(packet, visit);
        }
    }

    List<Visit> sent() {
        return List.copyOf(sent);
    }

    /** Where the probe was last. */
    Optional<Visit> last() {
        return sent.isEmpty() ? Optional.empty() : Optional.of(sent.get(sent.size() - 1));
    }

    Optional<TraceEvent> drop() {
        return last().flatMap(Visit::drop);
    }

    /** The answer as it was first seen. */
    Optional<SeenPacket> answer() {
        return answer.stream().findFirst().map(Visit::packet);
    }

    /** Whether nothing more is to be expected. */
    boolean isComplete() {
        return drop().isPresent()
                || answer.stream()
                        .flatMap(visit -> visit.point().stream())
                        .anyMatch(point -> point == Point.POSTROUTING_END || point == Point.INPUT_END);
    }
}
