package io.netd.engine.network;

import io.netd.address.IpAddress;
import io.netd.firewall.BridgeNetwork;
import java.util.Optional;

/**
 * A bridge network that containers can be connected to.
 *
 * @param record its bridge
 * @param rules what its rules depend on
 * @param binding where ports are published that name no address
 */
record MadeNetwork(BridgeRecord record, BridgeNetwork rules, Optional<IpAddress> binding) {}
