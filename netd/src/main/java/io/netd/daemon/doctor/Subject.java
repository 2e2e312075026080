package io.netd.daemon.doctor;

import io.netd.firewall.host.Forwarded;
import io.netd.firewall.host.HostFirewall;
import io.netd.portmap.UnheldPort;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/**
 * What the doctor is told; the rest he sees for himself.
 *
 * @param listening addresses of the running daemon, none when no daemon runs
 * @param images number of images in the store; empty when no daemon runs that would know
 * @param heldPorts host ports that the daemon holds by a socket; empty when no daemon runs
 * @param unheldPorts published ports that somebody else had when the daemon started
 * @param dataRoot where images and containers are kept
 * @param firewall how rules are written
 * @param bridges what netd forwards
 * @param drift what is otherwise than netd wants it, in words
 */
public record Subject(
        List<String> listening,
        OptionalInt images,
        OptionalInt heldPorts,
        List<UnheldPort> unheldPorts,
        Path dataRoot,
        HostFirewall firewall,
        List<Forwarded> bridges,
        List<String> drift) {
    /** Copies the lists. */
    public Subject {
        listening = List.copyOf(listening);
        unheldPorts = List.copyOf(unheldPorts);
        bridges = List.copyOf(bridges);
        drift = List.copyOf(drift);
    }
}
