package io.netd.plugins.container;

import io.netd.cni.CniException;
import io.netd.cni.ContainerId;
import io.netd.cni.ErrorCode;
import io.netd.linux.ns.NamespaceId;
import io.netd.linux.ns.NetworkNamespace;
import io.netd.linux.sys.LinuxException;
import io.netd.plugins.spi.Containers;
import io.netd.plugins.spi.JoinTarget;
import io.netd.plugins.spi.Sandbox;
import java.nio.file.Path;

/**
 * One container's wish to share another's namespace; refusals in Docker's words.
 *
 * @param target name or id of the other container
 * @param self who wishes
 */
record Joining(String target, ContainerId self) {
    /**
     * Makes sure that the other container lives and that the sandbox is its namespace.
     *
     * @throws CniException naming what stands against it
     */
    void require(Sandbox sandbox, Containers containers) {
        JoinTarget found = containers
                .find(target)
                .orElseThrow(() -> new CniException(
                        ErrorCode.UNKNOWN_CONTAINER,
                        "joining network namespace of container: No such container: " + target));
        if (found.id().equals(self.value())) {
            throw new CniException(ErrorCode.INVALID_CONFIG, "cannot join own network namespace");
        }
        if (!sandbox.namespace().id().equals(namespaceOf(found))) {
            throw new CniException(
                    ErrorCode.INVALID_NAMESPACE,
                    "network namespace " + sandbox.path() + " is not that of container " + found.name());
        }
    }

    private NamespaceId namespaceOf(JoinTarget found) {
        String path = found.netns().orElseThrow(() -> notRunning(found, found.state()));
        try (NetworkNamespace namespace = NetworkNamespace.open(Path.of(path))) {
            return namespace.id();
        } catch (LinuxException e) {
            CniException gone = notRunning(found, "exited");
            gone.addSuppressed(e);
            throw gone;
        }
    }

    private static CniException notRunning(JoinTarget found, String state) {
        if (state.equals("restarting")) {
            return new CniException(
                    ErrorCode.TRY_LATER,
                    "cannot join network namespace of container: Container " + found.name()
                            + " is restarting, wait until the container is running");
        }
        return new CniException(
                ErrorCode.INVALID_CONFIG,
                "cannot join network namespace of a non running container: container " + found.name() + " is " + state);
    }
}
