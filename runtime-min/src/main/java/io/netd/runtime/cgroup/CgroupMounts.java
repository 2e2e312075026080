package io.netd.runtime.cgroup;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where this host's cgroup hierarchies are mounted.
 *
 * @param legacy mount points of version 1 hierarchies with controllers, each once; {@code cpu,cpuacct} share one
 * @param unified mount point of the version 2 hierarchy, which may have no controllers
 */
public record CgroupMounts(List<Legacy> legacy, Optional<Path> unified) {
    /** One version 1 hierarchy. */
    public record Legacy(Path directory, List<String> controllers) {
        /** Copies the list. */
        public Legacy {
            controllers = List.copyOf(controllers);
        }
    }

    /** Copies the list. */
    public CgroupMounts {
        legacy = List.copyOf(legacy);
    }

    /** Reads the lines of a {@code /proc/PID/mountinfo}: field 5 is the mount point, after the dash type, source, options. */
    public static CgroupMounts parse(List<String> mountinfo) {
        List<Legacy> legacy = new ArrayList<>();
        Optional<Path> unified = Optional.empty();
        for (String line : mountinfo) {
            String[] halves = line.split(" - ", 2);
            String[] place = halves[0].split(" ");
            String[] system = halves.length < 2 ? place : halves[1].split(" ");
            if (halves.length < 2 || place.length < 5 || system.length < 3) {
                continue;
            }
            Path directory = Path.of(place[4]);
            if (system[0].equals("cgroup2")) {
                unified = unified.or(() -> Optional.of(directory));
            } else if (system[0].equals("cgroup")
                    && legacy.stream().noneMatch(l -> l.directory().equals(directory))) {
                legacyAt(directory, system[2]).ifPresent(legacy::add);
            }
        }
        return new CgroupMounts(legacy, unified);
    }

    /** True when version 1 holds the controllers, whether or not version 2 is mounted beside it. */
    public boolean isLegacy() {
        return !legacy.isEmpty();
    }

    private static Optional<Legacy> legacyAt(Path directory, String options) {
        List<String> controllers = List.of(options.split(",")).stream()
                .filter(option -> KNOWN.contains(option))
                .toList();
        return controllers.isEmpty() ? Optional.empty() : Optional.of(new Legacy(directory, controllers));
    }

    private static final List<String> KNOWN = List.of(
            "cpu",
            "cpuacct",
            "cpuset",
            "memory",
            "devices",
            "freezer",
            "blkio",
            "pids",
            "net_cls",
            "net_prio",
            "perf_event",
            "hugetlb",
            "rdma",
            "misc");
}
