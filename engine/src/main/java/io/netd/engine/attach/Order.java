package io.netd.engine.attach;

import io.netd.cni.AttachmentId;
import io.netd.cni.CniArgs;
import io.netd.cni.CniException;
import io.netd.cni.CniRequest;
import io.netd.cni.ErrorCode;
import io.netd.cni.NetworkConfig;
import io.netd.engine.host.Asker;
import io.netd.engine.journal.CallingRuntime;
import io.netd.engine.journal.Origin;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What is asked of one attachment: a plugin alone, as runtimes ask, or a whole chain.
 *
 * @param id container and interface
 * @param maker {@link Origin#NETD} or {@link Origin#CNI}
 * @param runtime finds the runtime that asks; may read files
 * @param label what a person calls the container
 * @param netns path of the container's namespace, if it has one yet or still
 * @param args CNI_ARGS
 * @param path directories to look for delegates in
 * @param chain one configuration for each plugin, in order
 */
public record Order(
        AttachmentId id,
        String maker,
        Supplier<Optional<CallingRuntime>> runtime,
        String label,
        Optional<String> netns,
        CniArgs args,
        List<String> path,
        List<NetworkConfig> chain) {
    private static final List<String> NAME_ARGS = List.of("K8S_POD_NAME", "NETD_CONTAINER_NAME");

    public Order {
        path = List.copyOf(path);
        chain = List.copyOf(chain);
    }

    /** Who asks; only a new attachment remembers it. On a worker, while the caller waits. */
    Origin origin() {
        return new Origin(maker, runtime.get(), label);
    }

    /** A runtime's request for one plugin. */
    public static Order of(CniRequest request, Asker asker) {
        AttachmentId id = request.attachment()
                .orElseThrow(() ->
                        new CniException(ErrorCode.INVALID_ENVIRONMENT, "CNI_CONTAINERID and CNI_IFNAME must be set"));
        String label = NAME_ARGS.stream()
                .flatMap(name -> request.args().get(name).stream())
                .findFirst()
                .orElse(id.containerId().value());
        return new Order(
                id,
                Origin.CNI,
                asker::runtime,
                label,
                request.netns(),
                request.args(),
                request.path(),
                List.of(request.config()));
    }
}
