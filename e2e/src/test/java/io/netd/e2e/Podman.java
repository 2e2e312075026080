package io.netd.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Debian's podman with its CNI backend on a throw-away host, everything of its own below {@value #HOME}. */
final class Podman implements AutoCloseable {
    static final String HOME = "/run/podman-home";
    private static final String NETWORKS = HOME + "/net.d";
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "CONTAINERS_CONF", HOME + "/containers.conf",
            "CONTAINERS_STORAGE_CONF", HOME + "/storage.conf");

    /** The limits are those that a machine without CAP_SYS_RESOURCE allows; its crun refuses hybrid cgroups. */
    private static final String CONTAINERS_CONF = """
            [containers]
            default_ulimits = ["nofile=1024:1024", "nproc=4096:4096"]
            [engine]
            runtime = "runc"
            cgroup_manager = "cgroupfs"
            events_logger = "file"
            [network]
            network_backend = "cni"
            cni_plugin_dirs = ["PLUGINS"]
            network_config_dir = "HOME/net.d"
            """;

    private static final String STORAGE_CONF = """
            [storage]
            driver = "vfs"
            runroot = "RUNROOT"
            graphroot = "HOME/graph"
            """;

    private final Host host;

    private Podman(Host host) {
        this.host = host;
    }

    /** Podman with an image named busybox; its home is a file system of its own, so that no snapshot looks into it. */
    static Podman open(Host host) throws Exception {
        host.sh("mkdir " + HOME + "; mount -t tmpfs tmpfs " + HOME + "; mkdir " + NETWORKS)
                .ok();
        configure(host, HOME, HOME + "/runroot");
        Podman podman = new Podman(host);
        podman.call("import", "-q", RootFiles.TAR, NetdTestBase.IMAGE).ok();
        // The first container brings what stays, as with the reference plugins: the bridge and the folders of plugins.
        podman.run("first", List.of("--mac-address", "02:00:00:00:00:01"), "true");
        podman.removeContainers();
        return podman;
    }

    /** Writes podman's two files of configuration into a home that has a folder net.d. */
    static void configure(Host host, String home, String runroot) throws IOException {
        String plugins = Host.dist().resolve("cni").toString();
        Files.writeString(
                host.file(home + "/containers.conf"),
                CONTAINERS_CONF.replace("HOME", home).replace("PLUGINS", plugins));
        Files.writeString(
                host.file(home + "/storage.conf"),
                STORAGE_CONF.replace("HOME", home).replace("RUNROOT", runroot));
    }

    Output call(String... words) {
        List<String> command = new ArrayList<>(List.of("podman"));
        command.addAll(List.of(words));
        return host.run(ENVIRONMENT, new byte[0], command.toArray(String[]::new));
    }

    /** Runs a program by buildah in a container of the same image and network; what it printed. */
    String buildah(String... program) {
        List<String> command = new ArrayList<>(List.of("buildah", "run", "--isolation", "oci", "work"));
        command.addAll(List.of(program));
        host.run(ENVIRONMENT, new byte[0], "buildah", "from", "--pull-never", "--name", "work", NetdTestBase.IMAGE)
                .ok();
        try {
            return host.run(ENVIRONMENT, new byte[0], command.toArray(String[]::new))
                    .ok();
        } finally {
            host.run(ENVIRONMENT, new byte[0], "buildah", "rm", "work").ok();
        }
    }

    /** Starts a container in the background. */
    void run(String name, List<String> options, String... command) {
        List<String> words = new ArrayList<>(List.of("run", "-d", "--cgroup-parent", Host.CGROUPS, "--name", name));
        words.addAll(options);
        words.add(NetdTestBase.IMAGE);
        words.addAll(List.of(command));
        call(words.toArray(String[]::new)).ok();
    }

    /** What {@code ip} says inside a container. */
    String ip(String name, String arguments) {
        String pid = call("inspect", "--format", "{{.State.Pid}}", name).ok();
        return host.sh("nsenter --target " + pid + " --net ip " + arguments).ok();
    }

    void removeContainers() {
        call("rm", "-f", "-t", "0", "-a").ok();
    }

    /** Everything of podman's goes, with what it keeps outside its home. */
    @Override
    public void close() {
        removeContainers();
        call("network", "prune", "-f").ok();
        host.sh("umount -R " + HOME + " && rmdir " + HOME
                        + "; ip link del cni-podman0; rm -rf /var/lib/cni /var/lib/containers /run/cni /run/runc /run/libpod"
                        + " /run/lock/podman-cni.lock; find /sys/fs/cgroup -depth -type d -path '*" + Host.CGROUPS
                        + "*' -exec rmdir {} ';' 2>/dev/null; true")
                .ok();
    }
}
