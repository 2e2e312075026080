package io.netd.e2e;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Debian's containerd on a throw-away host, everything of its own below {@value #HOME}, its networks in
 * {@value #NETWORKS} and their plugins in {@value #PLUGINS}, where ctr looks for them, too.
 */
final class Containerd implements AutoCloseable {
    static final String HOME = "/run/containerd-home";
    static final String NETWORKS = "/etc/cni/net.d";
    static final String PLUGINS = "/usr/lib/cni";
    static final String IMAGE = "localhost/busybox:latest";
    private static final String SOCKET = HOME + "/containerd.sock";
    private static final int GRPC_PREFIX = 5;

    private static final String CONFIG = """
            version = 2
            root = "HOME/root"
            state = "HOME/state"
            [grpc]
              address = "HOME/containerd.sock"
            [ttrpc]
              address = "HOME/containerd.sock.ttrpc"
            [plugins."io.containerd.grpc.v1.cri"]
              sandbox_image = "IMAGE"
              restrict_oom_score_adj = true
              disable_apparmor = true
              [plugins."io.containerd.grpc.v1.cri".containerd]
                snapshotter = "native"
                [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
                  runtime_type = "io.containerd.runc.v2"
              [plugins."io.containerd.grpc.v1.cri".cni]
                bin_dir = "PLUGINS"
                conf_dir = "NETWORKS"
            """;

    private static final String NETWORK = """
            {"cniVersion": "1.0.0", "name": "pods", "plugins": [
              {"type": "bridge", "bridge": "cni-pods0", "isDefaultGateway": true, "ipMasq": true, "hairpinMode": true,
               "ipam": {"type": "host-local", "ranges": [[{"subnet": "10.77.0.0/24"}]]}},
              {"type": "portmap", "capabilities": {"portMappings": true}},
              {"type": "firewall"},
              {"type": "bandwidth", "capabilities": {"bandwidth": true}},
              {"type": "tuning"}]}
            """;

    private final Host host;
    private final Process process;

    private Containerd(Host host, Process process) {
        this.host = host;
        this.process = process;
    }

    /** Starts it, with an image whose containers serve a page on port 80. */
    static Containerd open(Host host) throws Exception {
        host.sh("mkdir " + HOME + "; mount -t tmpfs tmpfs " + HOME + "; mkdir -p " + NETWORKS
                        + "; mount -t tmpfs tmpfs " + NETWORKS + "; mount -t tmpfs tmpfs " + PLUGINS)
                .ok();
        host.netctl("cni", "install", "--dir", PLUGINS).ok();
        String config = CONFIG.replace("HOME", HOME)
                .replace("IMAGE", IMAGE)
                .replace("PLUGINS", PLUGINS)
                .replace("NETWORKS", NETWORKS);
        Files.writeString(host.file(HOME + "/config.toml"), config);
        Files.writeString(host.file(NETWORKS + "/10-pods.conflist"), NETWORK);
        Containerd containerd = new Containerd(
                host, host.start("sh", "-c", "exec containerd -c " + HOME + "/config.toml >" + HOME + "/log 2>&1"));
        host.sh("timeout 20 sh -c 'until ctr -a " + SOCKET + " version; do sleep 0.1; done' >/dev/null 2>&1")
                .ok();
        containerd.importImage();
        return containerd;
    }

    private void importImage() {
        host.run(
                        Shell.root().resolve("build/docker-archive").toString(),
                        RootFiles.TAR,
                        IMAGE,
                        HOME + "/image.tar",
                        "httpd",
                        "-f",
                        "-p",
                        "80",
                        "-h",
                        "/www")
                .ok();
        for (String namespace : List.of("default", "k8s.io")) {
            ctr("-n", namespace, "image", "import", "--snapshotter", "native", HOME + "/image.tar")
                    .ok();
        }
    }

    Output ctr(String... words) {
        List<String> command = new ArrayList<>(List.of("ctr", "-a", SOCKET));
        command.addAll(List.of(words));
        return host.run(command.toArray(String[]::new));
    }

    /** Calls a method of the CRI's RuntimeService; the answer's message. */
    byte[] cri(String method, Protobuf message) throws Exception {
        byte[] body = message.encode();
        Path request = host.file(HOME + "/request");
        Files.write(
                request,
                ByteBuffer.allocate(GRPC_PREFIX + body.length)
                        .put((byte) 0)
                        .putInt(body.length)
                        .put(body)
                        .array());
        String headers = host.run(
                        "curl",
                        "-s",
                        "--http2-prior-knowledge",
                        "--unix-socket",
                        SOCKET,
                        "-H",
                        "content-type: application/grpc",
                        "-H",
                        "te: trailers",
                        "--data-binary",
                        "@" + HOME + "/request",
                        "-D",
                        "-",
                        "-o",
                        HOME + "/answer",
                        "http://localhost/runtime.v1.RuntimeService/" + method)
                .ok();
        if (!headers.contains("grpc-status: 0")) {
            throw new AssertionError(method + ": " + headers);
        }
        byte[] answer = Files.readAllBytes(host.file(HOME + "/answer"));
        return Arrays.copyOfRange(answer, GRPC_PREFIX, answer.length);
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
        host.netctl("cni", "uninstall", "--dir", PLUGINS).ok();
        host.sh("umount -R " + HOME + " && rmdir " + HOME + "; umount " + NETWORKS + " " + PLUGINS
                        + "; ip link del cni-pods0;"
                        + " rm -rf /var/lib/cni /run/netns/cni-* /run/runc /run/containerd /run/cni;"
                        + " find /sys/fs/cgroup -depth -type d -path '*" + Host.CGROUPS
                        + "*' -exec rmdir {} ';' 2>/dev/null; true")
                .ok();
    }
}
