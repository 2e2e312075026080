package io.netd.trace;

import io.netd.netlink.nft.TraceEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** All that was seen of one probe and its answer, put together from the kernel's events. Not thread-safe. */
final class Sightings {
    private final Probe probe;
    private final List<Visit> sent = new ArrayList<>();
    private final List<Visit> answer = new ArrayList<>();
    private final Map<Integer, Visit> current = new HashMap<>();

    Sightings(Probe probe) {
        this.probe = probe;
    }

    /** Whether it was of the probe or its answer: packets of other people's traces are passed over. */
    boolean take(TraceEvent event) {
        Visit.begin(event).ifPresent(visit -> begin(event.packet(), visit));
        Optional<Visit> visit = Optional.ofNullable(current.get(event.packet()));
        visit.ifPresent(found -> found.add(event));
        return visit.isPresent();
    }

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

    /** Where the probe was last; as a frame on a bridge only if it was nothing else. */
    Optional<Visit> last() {
        return last(sent);
    }

    private static Optional<Visit> last(List<Visit> visits) {
        return last(visits, visit -> !visit.isBridged()).or(() -> last(visits, Visit::isBridged));
    }

    private static Optional<Visit> last(List<Visit> visits, Predicate<Visit> which) {
        return visits.stream().filter(which).reduce((first, second) -> second);
    }

    Optional<TraceEvent> drop() {
        return drop(sent);
    }

    private static Optional<TraceEvent> drop(List<Visit> visits) {
        return visits.stream().flatMap(visit -> visit.drop().stream()).findFirst();
    }

    /** What dropped the answer, if it was not the watch itself. */
    Optional<TraceEvent> answerDrop() {
        return drop(answer).filter(event -> !event.table().equals(Watch.TABLE));
    }

    /** Where the answer was last, if it went no further. */
    Optional<Visit> lostAnswer() {
        return hasLeft(answer) ? Optional.empty() : last(answer);
    }

    /** The hook that the probe was last seen at. */
    Optional<Point> lastPoint() {
        return lastPoint(sent);
    }

    /** The hook that the answer was last seen at. */
    Optional<Point> lastAnswerPoint() {
        return lastPoint(answer);
    }

    private static Optional<Point> lastPoint(List<Visit> visits) {
        return visits.stream().flatMap(visit -> visit.point().stream()).reduce((first, second) -> second);
    }

    /** The answer as it was first seen. */
    Optional<SeenPacket> answer() {
        return answer.stream().findFirst().map(Visit::packet);
    }

    /** Whether nothing more is to be expected. A rule that answers (reject) is told of behind its answer. */
    boolean isComplete() {
        return drop().isPresent()
                || hasLeft(sent) && (hasLeft(answer) || answerDrop().isPresent());
    }

    private static boolean hasLeft(List<Visit> visits) {
        return visits.stream()
                .flatMap(visit -> visit.point().stream())
                .anyMatch(point -> point == Point.POSTROUTING_END || point == Point.INPUT_END);
    }
}
