package io.netd.plugins.tuning;

import io.netd.cni.ContainerId;
import io.netd.cni.InterfaceName;
import io.netd.linux.ns.NetworkNamespace;
import io.netd.netlink.NetlinkException;
import io.netd.netlink.route.RouteSocket;
import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.SandboxRef;
import io.netd.plugins.spi.Trace;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.Optional;

/**
 * An interface whose former settings are in a file. They are restored while the namespace is there, and the file goes.
 *
 * @param dataDir the file's folder as the caller would write it
 * @param sandbox the namespace, unless it was gone already
 */
public record BackupTrace(String dataDir, ContainerId container, InterfaceName ifName, Optional<SandboxRef> sandbox)
        implements Trace {
    private static final Logger LOG = System.getLogger(BackupTrace.class.getName());

    @Override
    public void revert(Host host) {
        Backup backup = backup();
        backup.load(host).ifPresent(former -> restore(former, host));
        backup.delete(host);
    }

    Backup backup() {
        return new Backup(Path.of(dataDir), container, ifName);
    }

    private void restore(LinkSettings former, Host host) {
        Optional<NetworkNamespace> found = sandbox.flatMap(known -> known.open(host));
        if (found.isPresent()) {
            try (NetworkNamespace namespace = found.get();
                    RouteSocket route = RouteSocket.openIn(namespace)) {
                route.links()
                        .byName(ifName.value())
                        .ifPresent(link ->
                                former.steps(route.links(), link.index()).forEach(this::attempt));
            }
        }
    }

    /** A setting that cannot be given back keeps no container from being removed, as with the reference plugin. */
    private void attempt(Runnable step) {
        try {
            step.run();
        } catch (NetlinkException e) {
            LOG.log(Level.WARNING, "restore " + container.value() + "/" + ifName.value() + ": " + e.getMessage(), e);
        }
    }
}
