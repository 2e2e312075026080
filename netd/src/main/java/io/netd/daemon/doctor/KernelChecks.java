package io.netd.daemon.doctor;

import io.netd.linux.fs.Mount;
import io.netd.linux.fs.Mounts;
import io.netd.netctl.api.DoctorCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** The kernel: its age, namespaces, cgroups, overlay. */
final class KernelChecks {
    private static final int LEAST_MAJOR = 5;
    private static final int LEAST_MINOR = 8;
    private final HostFiles files;

    KernelChecks(HostFiles files) {
        this.files = files;
    }

    DoctorCheck version() {
        String version = files.text("proc/sys/kernel/osrelease").orElse("0.0");
        String[] numbers = version.split("[.-]");
        int major = Integer.parseInt(numbers[0]);
        int minor = Integer.parseInt(numbers[1]);
        boolean recent = major > LEAST_MAJOR || major == LEAST_MAJOR && minor >= LEAST_MINOR;
        return recent
                ? Finding.ok("kernel", "Linux " + version)
                : Finding.failed("kernel", "Linux " + version, "netd needs Linux 5.8 or later: update the kernel");
    }

    DoctorCheck namespaces() {
        List<String> missing = new ArrayList<>();
        for (String kind : List.of("net", "pid", "ipc", "mnt", "uts")) {
            if (!files.exists("proc/self/ns/" + kind)) {
                missing.add(kind);
            }
        }
        return missing.isEmpty()
                ? Finding.ok(
                        "namespaces", "net pid ipc mnt uts" + (files.exists("proc/self/ns/cgroup") ? " cgroup" : ""))
                : Finding.failed(
                        "namespaces", "missing: " + missing, "use a kernel built with namespaces (CONFIG_NAMESPACES)");
    }

    DoctorCheck cgroups() {
        TreeSet<String> controllers = new TreeSet<>();
        boolean second = false;
        for (Mount mount : Mounts.list()) {
            if (mount.type().equals("cgroup2")) {
                second = true;
                files.lines("." + mount.point() + "/cgroup.controllers")
                        .forEach(l -> controllers.addAll(List.of(l.split(" "))));
            } else if (mount.type().equals("cgroup")) {
                controllers.addAll(mount.superOptions());
            }
        }
        List<String> missing = new ArrayList<>(List.of("cpu", "memory", "pids"));
        missing.removeAll(controllers);
        String finding = "controllers cpu, memory, pids" + (second ? ", version 2 mounted" : ", version 1");
        return missing.isEmpty()
                ? Finding.ok("cgroup", finding)
                : Finding.warning(
                        "cgroup",
                        "no controller " + String.join(", ", missing),
                        "containers run, but without these limits; mount the controller or boot with it enabled");
    }

    DoctorCheck overlay() {
        boolean there = files.lines("proc/filesystems").stream().anyMatch(line -> line.endsWith("overlay"));
        return there
                ? Finding.ok("overlay", "OverlayFS is there")
                : Finding.failed(
                        "overlay",
                        "OverlayFS is not there",
                        "modprobe overlay, or use a kernel with CONFIG_OVERLAY_FS");
    }
}
