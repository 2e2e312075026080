package io.netd.runtime.launch;

import io.netd.runtime.cgroup.Cgroups;
import java.util.Optional;

/**
 * Everything the launcher has to know about a new container.
 *
 * @param network {@code own}, {@code host}, or the path of a namespace to join
 * @param hostname of its own host-name namespace; absent leaves the host's name
 */
public record ContainerLaunch(
        String id,
        String network,
        Optional<String> hostname,
        RootTree root,
        LaunchFiles files,
        Cgroups.Membership cgroups,
        LaunchProgram program) {
    byte[] toBytes() {
        LaunchRecords records = new LaunchRecords().add("netns", network);
        hostname.ifPresent(name -> records.add("hostname", name));
        root.addTo(records);
        files.addTo(records);
        cgroups.directories().forEach(directory -> records.add("cgroup", directory.toString()));
        records.addAll("cgroupmount", cgroups.shown()).addFlag("cgroupns", true).addFlag("cgroup2", cgroups.unified());
        if (cgroups.unified()) {
            cgroups.directories().stream()
                    .findFirst()
                    .ifPresent(group -> records.add("devicecgroup", group.toString()));
        }
        return program.addTo(records).toBytes();
    }
}
