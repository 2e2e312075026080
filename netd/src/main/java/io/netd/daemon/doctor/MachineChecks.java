package io.netd.daemon.doctor;

import io.netd.linux.fs.FileFailure;
import io.netd.netctl.api.DoctorCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Hardware: processors, memory, room for images. */
final class MachineChecks {
    private static final long LEAST_MEMORY_KB = 512 << 10;
    private static final long LEAST_ROOM = 1L << 30;
    private final HostFiles files;

    MachineChecks(HostFiles files) {
        this.files = files;
    }

    DoctorCheck processor() {
        String arch = System.getProperty("os.arch");
        String finding = arch + ", " + Runtime.getRuntime().availableProcessors() + " processors";
        return List.of("amd64", "aarch64").contains(arch)
                ? Finding.ok("hardware", finding)
                : Finding.warning("hardware", finding, "netd is built and tested for 64-bit x86 and ARM");
    }

    DoctorCheck memory() {
        long total = meminfo("MemTotal:").orElse(0L);
        String finding = (total >> 10) + " MiB in all";
        return total >= LEAST_MEMORY_KB
                ? Finding.ok("memory", finding)
                : Finding.warning("memory", finding, "netd itself takes about 100 MiB; few containers will fit");
    }

    private Optional<Long> meminfo(String key) {
        return files.lines("proc/meminfo").stream()
                .filter(line -> line.startsWith(key))
                .map(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst();
    }

    static DoctorCheck room(Path dataRoot) {
        Path existing = dataRoot;
        while (!Files.exists(existing)) {
            existing = existing.getParent();
        }
        try {
            long free = Files.getFileStore(existing).getUsableSpace();
            String finding = (free >> 20) + " MiB free for " + dataRoot;
            return free >= LEAST_ROOM
                    ? Finding.ok("disk", finding)
                    : Finding.warning("disk", finding, "make room, or move it with --data-root");
        } catch (IOException e) {
            return Finding.failed(
                    "disk", dataRoot + ": " + FileFailure.reason(e), "choose another folder with --data-root");
        }
    }
}
