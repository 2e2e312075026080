package io.netd.portmap;

import io.netd.linux.sys.Errno;
import io.netd.linux.sys.LinuxException;
import io.netd.portmap.PortUsers.Taken;
import java.util.Optional;

/**
 * A published port that could not be bound again.
 *
 * @param mapping what is published; its rules stand
 * @param reason a sentence about it
 * @param user the process that has the port now, as far as it is known
 */
public record LostPort(PortMapping mapping, String reason, Optional<PortUser> user) {
    /** Of two addresses that one socket is for, the one that somebody has. */
    static LostPort of(HostSocket socket, LinuxException refusal, PortUsers users) {
        Optional<Taken> taken = refusal.errno() == Errno.EADDRINUSE ? users.of(socket) : Optional.empty();
        PortMapping mapping = taken.map(Taken::mapping).orElse(socket.mappings().get(0));
        String reason = "failed to bind host port " + mapping.hostSide() + ": "
                + refusal.errno().text()
                + taken.map(found -> " by " + found.user()).orElse("");
        return new LostPort(mapping, reason, taken.map(Taken::user));
    }

    /** One that netd refuses itself to bind. */
    static LostPort of(HostSocket socket, PortTakenException refusal) {
        PortMapping mapping = socket.mappings().get(0);
        String reason = "failed to bind host port " + mapping.hostSide() + ": " + refusal.getMessage();
        return new LostPort(mapping, reason, Optional.empty());
    }
}
