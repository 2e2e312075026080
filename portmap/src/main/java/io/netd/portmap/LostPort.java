package io.netd.portmap;

import java.util.Optional;

/**
 * A published port that could not be bound again.
 *
 * @param mapping what is published; its rules stand
 * @param reason a sentence about it
 * @param user the process that has the port now, as far as it is known
 */
public record LostPort(PortMapping mapping, String reason, Optional<PortUser> user) {}
