package io.netd.daemon.container;

import io.netd.plugins.spi.JoinTarget;
import io.netd.runtime.ContainerException;
import io.netd.runtime.ContainerRun;
import io.netd.runtime.ContainerView;
import io.netd.runtime.Containers;
import java.util.Optional;

/** The runtime's containers as those whose network may be shared. The engine is there before the runtime is. */
public final class JoinTargets implements io.netd.plugins.spi.Containers {
    private volatile Optional<Containers> containers = Optional.empty();

    /** From now on these are asked. */
    public void open(Containers runtime) {
        containers = Optional.of(runtime);
    }

    @Override
    public Optional<JoinTarget> find(String nameOrId) {
        try {
            return containers.map(runtime -> target(runtime.find(nameOrId)));
        } catch (ContainerException e) {
            if (e.kind() == ContainerException.Kind.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static JoinTarget target(ContainerView container) {
        Optional<String> namespace = container
                .run()
                .filter(run -> container.isRunning())
                .map(ContainerRun::pid)
                .map(pid -> "/proc/" + pid + "/ns/net");
        return new JoinTarget(
                container.id(), container.name(), container.state().text(), namespace);
    }
}
