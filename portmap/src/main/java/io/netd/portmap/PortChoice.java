package io.netd.portmap;

import io.netd.address.PortRange;
import io.netd.address.Protocol;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;

/** Which host ports are tried, in order, for a request that leaves a choice. */
final class PortChoice {
    private static final int TRIES = 16;
    /** The dynamic ports of RFC 6335, for protocols whose sockets cannot be asked. */
    private static final PortRange DYNAMIC = new PortRange(49_153, 65_535);

    private PortChoice() {}

    /**
     * The first port that can be taken.
     *
     * @param kernels a free port of the kernel's choice, another one each time
     * @param take takes a port, or finds that it cannot be had
     * @throws PortTakenException when no port can be had
     */
    static int of(PortRequest request, IntSupplier kernels, IntPredicate take) {
        return candidates(request, kernels)
                .filter(take)
                .findFirst()
                .orElseThrow(() ->
                        new PortTakenException("Bind for " + request.hostSide() + " failed: all ports are allocated"));
    }

    private static IntStream candidates(PortRequest request, IntSupplier kernels) {
        Optional<PortRange> range = request.hostPorts();
        if (range.isEmpty() && request.protocol() != Protocol.SCTP) {
            return IntStream.generate(kernels).limit(TRIES);
        }
        PortRange among = range.orElse(DYNAMIC);
        return IntStream.rangeClosed(among.first(), among.last());
    }
}
