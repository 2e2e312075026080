package io.netd.daemon;

import io.netd.engine.host.Backends;
import io.netd.firewall.Backend;
import io.netd.firewall.Framework;
import io.netd.firewall.host.HostFirewall;
import io.netd.linux.ns.NetworkNamespace;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The engine's way to the host's firewall. The engine closes what it opens in namespaces that are not its own.
 *
 * @param firewall what the host has
 */
record FirewallBackends(HostFirewall firewall) implements Backends {
    @Override
    public Backend open(Framework framework, NetworkNamespace namespace) {
        return firewall.open(framework, namespace);
    }

    @Override
    public Framework usual() {
        return firewall.usual();
    }

    @Override
    public Optional<Path> lockFile() {
        return firewall.lockFile();
    }
}
