package io.netd.daemon.local;

import io.netd.cni.CniVersion;
import io.netd.daemon.config.DaemonConfig;
import io.netd.daemon.config.Version;
import io.netd.netctl.api.VersionInfo;
import io.netd.runtime.ContainerView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What this daemon and its host are. */
final class Information {
    private static final String API_VERSION = "1.0";

    private final DaemonConfig config;
    private final String firewallBackend;

    Information(DaemonConfig config, String firewallBackend) {
        this.config = config;
        this.firewallBackend = firewallBackend;
    }

    Map<String, Object> info(List<ContainerView> containers, int images, List<String> networks) {
        Map<String, Object> info = new LinkedHashMap<>();
        info.put("Containers", containers.size());
        info.put("Running", containers.stream().filter(ContainerView::isRunning).count());
        info.put("Stopped", containers.stream().filter(one -> !one.isRunning()).count());
        info.put("Images", images);
        info.put("ServerVersion", Version.text());
        info.put("StorageDriver", "overlay");
        info.put("BackingFilesystem", backing());
        info.put("CgroupVersion", cgroupVersion());
        info.put("Networks", String.join(" ", networks));
        info.put("FirewallBackend", firewallBackend);
        info.put("Listening", config.hosts().stream().map(Object::toString).toList());
        info.put("KernelVersion", System.getProperty("os.version"));
        info.put("Platform", "linux/" + arch());
        info.put("CPUs", Runtime.getRuntime().availableProcessors());
        info.put("JavaVersion", System.getProperty("java.version"));
        info.put("DataRoot", config.dataRoot().toString());
        info.put("ExecRoot", config.execRoot().toString());
        return info;
    }

    VersionInfo version() {
        return new VersionInfo(
                Version.text(),
                API_VERSION,
                System.getProperty("java.version"),
                "linux",
                arch(),
                System.getProperty("os.version"),
                Arrays.stream(CniVersion.values()).map(CniVersion::toString).toList());
    }

    private static String arch() {
        String arch = System.getProperty("os.arch");
        return arch.equals("aarch64") ? "arm64" : arch;
    }

    private String backing() {
        try {
            return Files.getFileStore(config.dataRoot()).type();
        } catch (IOException e) {
            return "unknown";
        }
    }

    private static String cgroupVersion() {
        if (Files.exists(Path.of("/sys/fs/cgroup/cgroup.controllers"))) {
            return "2";
        }
        return Files.exists(Path.of("/sys/fs/cgroup/unified")) ? "1 (hybrid)" : "1";
    }
}
