package io.netd.engine.network;

import io.netd.address.IpAddress;
import io.netd.address.IpFamily;
import io.netd.firewall.BridgeNetwork;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A bridge network that containers can be connected to.
 *
 * @param record its bridge
 * @param rules what its rules depend on
 * @param binding where ports are published that name no address
 */
record MadeNetwork(BridgeRecord record, BridgeNetwork rules, Optional<IpAddress> binding) {
    /** The families of which containers' own addresses are reached from the bridge alone, whatever rules the network has. */
    Set<IpFamily> hidden(BridgeSettings settings) {
        return Stream.of(IpFamily.values())
                .filter(family -> settings.rules() && !settings.access().direct() && rules.hides(family))
                .collect(Collectors.toUnmodifiableSet());
    }
}
