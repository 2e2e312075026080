package io.netd.firewall;

import io.netd.address.IpAddress;
import io.netd.address.PortRange;
import java.util.Optional;

/** What a {@link Rule} does with a packet that meets its conditions. */
public sealed interface Target {

    /** {@code -j ACCEPT}. */
    record Accept() implements Target {}

    /** {@code -j DROP}. */
    record Drop() implements Target {}

    /** {@code -j RETURN}. */
    record Return() implements Target {}

    /**
     * {@code -j chain}. The chain is created for it where it is missing, and goes with it once it is empty. Only a rule
     * that jumps to Docker's chain (DOCKER-USER) is left out as long as that chain does not exist.
     */
    record Jump(String chain) implements Target {
        public Jump {
            Chains.check(chain);
        }
    }

    /** {@code -j DNAT --to-destination address[:first[-last]]}. */
    record Dnat(IpAddress address, Optional<PortRange> ports) implements Target {
        public Dnat(IpAddress address, int port) {
            this(address, Optional.of(PortRange.of(port)));
        }
    }

    /** {@code -j SNAT --to-source address}. */
    record Snat(IpAddress address) implements Target {}

    /** {@code -j MASQUERADE}. */
    record Masquerade() implements Target {}
}
