package io.netd.portmap;

import io.netd.portmap.PortUsers.Taken;
import java.util.Optional;

/**
 * A published port that no socket holds, because somebody had it when netd started.
 *
 * @param owner who published it
 * @param mapping what is published; its rules stand
 * @param user the process that has the port now; empty when nobody has it, or when that cannot be found out
 */
public record UnheldPort(PortOwner owner, PortMapping mapping, Optional<PortUser> user) {
    /** Of two addresses that one socket is for, the one that somebody has now. */
    static UnheldPort of(PortOwner owner, HostSocket socket, PortUsers users) {
        Optional<Taken> taken = users.of(socket);
        return new UnheldPort(
                owner, taken.map(Taken::mapping).orElse(socket.mappings().get(0)), taken.map(Taken::user));
    }

    /** {@code 0.0.0.0:8080/tcp of container web is bound by nginx (pid 4711)} */
    @Override
    public String toString() {
        return mapping.hostSide() + " of " + owner.label() + " is "
                + user.map(process -> "bound by " + process).orElse("not bound by netd");
    }
}
