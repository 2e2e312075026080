package io.netd.runtime;

import java.util.Map;
import java.util.Optional;

/**
 * What a container is asked to be.
 *
 * @param image name, {@code name:tag}, id or id prefix of an image in the store
 * @param name absent means a made-up {@code adjective_surname}
 * @param hostname absent means the first 12 digits of the id (in host mode the host's name)
 * @param annotations handed on untouched to {@link ContainerEvents}, for instance published ports
 */
public record ContainerSpec(
        String image,
        ProcessSpec process,
        NetworkMode network,
        Limits limits,
        Options options,
        Optional<String> name,
        Optional<String> hostname,
        Map<String, String> annotations) {
    /** Copies the map; a host name and a network of somebody else exclude each other, in docker's words. */
    public ContainerSpec {
        annotations = Map.copyOf(annotations);
        if (hostname.isPresent() && network instanceof NetworkMode.Container) {
            throw ContainerException.invalid("conflicting options: hostname and the network mode");
        }
    }

    /** An image's own program with all defaults, on the given network. */
    public static ContainerSpec of(String image, NetworkMode network, ProcessSpec process) {
        return new ContainerSpec(
                image, process, network, Limits.NONE, Options.DEFAULT, Optional.empty(), Optional.empty(), Map.of());
    }

    /**
     * Switches, all off by default as docker has them.
     *
     * @param readOnly the root file system cannot be written
     * @param removeWhenDone the container goes away when its program ends: whoever wants its output or exit code asks
     *     for them ({@link Containers#logs}, {@link Containers#exit}) between create and start
     * @param noNewPrivileges set-user-id programs gain nothing
     */
    public record Options(boolean readOnly, boolean removeWhenDone, boolean noNewPrivileges) {
        /** Everything off. */
        public static final Options DEFAULT = new Options(false, false, false);
    }
}
