package io.netd.daemon.local;

import io.netd.netctl.api.PublishedPort;
import java.util.List;

/** Knows which host ports lead to a container just now; asked for each container of a listing. */
@FunctionalInterface
public interface Ports {
    /** Published ports of the container with this full id, none when it does not run. */
    List<PublishedPort> of(String containerId);
}
