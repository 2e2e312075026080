package io.netd.trace;

import io.netd.netlink.nft.NfTables;
import io.netd.netlink.nft.TraceEvent;
import io.netd.netlink.nft.TraceEvent.Headers;
import io.netd.netlink.nft.TraceEvent.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The way of a packet through one base chain and the chains it jumps to. */
final class Visit {
    private static final int NFPROTO_BRIDGE = 7;

    private final TraceEvent first;
    private final SeenPacket packet;
    private final Headers headers;
    private final List<TraceEvent> steps = new ArrayList<>();

    private Visit(TraceEvent first, SeenPacket packet, Headers headers) {
        this.first = first;
        this.packet = packet;
        this.headers = headers;
    }

    /** Begins with the event that bears the packet's headers; empty for another one. */
    static Optional<Visit> begin(TraceEvent event) {
        return event.headers()
                .flatMap(headers -> SeenPacket.of(headers).map(packet -> new Visit(event, packet, headers)));
    }

    void add(TraceEvent event) {
        steps.add(event);
    }

    /** Where it is, if the base chain is one of the watch's own. */
    Optional<Point> point() {
        return first.table().equals(Watch.TABLE) ? Point.ofChain(first.chain()) : Optional.empty();
    }

    /** Whether a bridge had the packet as a frame, which this host's routing need not see. */
    boolean isBridged() {
        return first.family() == NFPROTO_BRIDGE;
    }

    /** The packet as it came into the base chain. */
    SeenPacket packet() {
        return packet;
    }

    int inIndex() {
        return headers.inIndex();
    }

    int outIndex() {
        return headers.outIndex();
    }

    /** The rules that matched, in their order. */
    List<TraceEvent> rules() {
        // The end of a chain is a rule with handle 0 to the kernel.
        return steps.stream()
                .filter(step -> step.kind() == Kind.RULE && step.handle() != 0)
                .toList();
    }

    /** What dropped the packet: a rule, or the policy of the base chain. */
    Optional<TraceEvent> drop() {
        return steps.stream()
                .filter(step -> step.kind() != Kind.RETURN && step.verdict() == NfTables.NF_DROP)
                .findFirst();
    }
}
