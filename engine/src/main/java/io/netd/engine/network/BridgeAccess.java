package io.netd.engine.network;

import io.netd.firewall.Match;
import java.util.Optional;

/**
 * Who reaches whom, on the default network and from it.
 *
 * @param icc whether its containers reach one another otherwise than by published ports
 * @param masquerade whether what leaves it bears the host's address
 * @param direct whether published ports of every network are reached at the containers' own addresses, too
 * @param accepted what bears this mark reaches the containers of every network that has a way in
 */
public record BridgeAccess(boolean icc, boolean masquerade, boolean direct, Optional<Match.Mark> accepted) {
    /** As Docker has it. */
    public static final BridgeAccess DEFAULT = new BridgeAccess(true, true, false, Optional.empty());
}
