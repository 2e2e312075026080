package io.netd.portmap;

import java.util.PrimitiveIterator;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Takes the first host port that can be had, for a request that leaves a choice. */
final class PortChoice {
    /** How many ports that somebody outside netd has are put up with, as in Docker; a range that was asked for is searched to its end. */
    private static final int RETRIES = 10;

    private PortChoice() {}

    /** What became of an attempt to take a port. */
    sealed interface Attempt {
        /** It is netd's now. */
        record Taken() implements Attempt {}

        /** It is in netd's books already. */
        record Booked() implements Attempt {}

        /** Somebody else has bound it. */
        record Busy(PortTakenException reason) implements Attempt {}
    }

    /**
     * The first port that can be taken.
     *
     * @param candidates in the order in which they are tried
     * @throws PortTakenException when none can be had
     */
    static int of(PortRequest request, IntStream candidates, IntFunction<Attempt> take) {
        int retries = request.hostPorts().isPresent() ? Integer.MAX_VALUE : RETRIES;
        for (PrimitiveIterator.OfInt ports = candidates.iterator(); ports.hasNext(); ) {
            int port = ports.nextInt();
            Attempt attempt = take.apply(port);
            if (attempt instanceof Attempt.Taken) {
                return port;
            }
            if (attempt instanceof Attempt.Busy busy && retries-- == 0) {
                throw busy.reason();
            }
        }
        throw new PortTakenException("Bind for " + request.hostSide() + " failed: all ports are allocated");
    }
}
