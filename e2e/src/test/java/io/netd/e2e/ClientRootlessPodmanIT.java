package io.netd.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/**
 * Podman of somebody who is not root. Its plugins run in a network, mount and user namespace of podman's own, behind
 * slirp4netns, where no daemon can be reached: each call does its work by itself, with its state in podman's own /run.
 */
class ClientRootlessPodmanIT extends NetdTestBase {
    private static final String GREETING = "hello from a container";
    private static final String HOME = "/mnt/home";

    /** A user, a tun device for him, and file systems of his own, which no snapshot looks into. */
    private static final String FURNISH = """
            set -e
            mkdir -p /run/user/2000 /run/etc
            mount -t tmpfs tmpfs /mnt; mount -t tmpfs tmpfs /run/user/2000; mount -t tmpfs tmpfs /run/etc
            for file in passwd group subuid subgid; do cp /etc/$file /run/etc/$file; done
            echo 'pod:x:2000:2000::/mnt/home:/bin/sh' >>/run/etc/passwd; echo 'pod:x:2000:' >>/run/etc/group
            echo 'pod:200000:65536' >>/run/etc/subuid; echo 'pod:200000:65536' >>/run/etc/subgid
            for file in passwd group subuid subgid; do mount --bind /run/etc/$file /etc/$file; done
            mknod /run/etc/tun c 10 200; chmod 666 /run/etc/tun; mount --bind /run/etc/tun /dev/net/tun
            mkdir -p /mnt/home/net.d
            """;

    private boolean isAllowed;

    @Override
    void furnish() {
        host.sh(FURNISH).ok();
        try {
            Podman.configure(host, HOME, "/run/user/2000/runroot");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        host.run(Shell.root().resolve("build/busybox-image").toString(), HOME + "/busybox.tar")
                .ok();
        host.run("chown", "-R", "2000:2000", HOME, "/run/user/2000").ok();
        isAllowed = asUser("unshare --user --map-root-user --net true").exitCode() == 0;
        if (isAllowed) {
            podman("import -q busybox.tar " + IMAGE).ok();
            podman("network create --subnet 10.90.0.0/24 one").ok();
        }
    }

    @Test
    void containersAnswerAndLeaveNothing() {
        assumeTrue(isAllowed, "the kernel lets only root make user namespaces");
        podman("run -d --name web --network one -p 8080:80 " + IMAGE + " httpd -f -p 80 -h /www")
                .ok();
        podman("run -d --name second --network one -p 8081:80 " + IMAGE + " httpd -f -p 80 -h /www")
                .ok();

        assertThat(fetch(8080)).isEqualTo(GREETING);
        assertThat(fetch(8081)).isEqualTo(GREETING);
        assertThat(podman("exec web sh -c \"printf 'GET / HTTP/1.0\\r\\n\\r\\n' | nc -w 2 10.90.0.3 80\"")
                        .ok())
                .contains(GREETING);
        assertThat(inside("iptables-save")).contains("10.90.0.2", "10.90.0.3");

        podman("rm -f -t 0 second").ok();
        assertThat(inside("iptables-save")).contains("10.90.0.2").doesNotContain("10.90.0.3");
        assertThat(inside("ip -o link show type veth").lines()).hasSize(1);
        assertThat(fetch(8080)).isEqualTo(GREETING);

        podman("rm -f -t 0 web").ok();
        assertThat(host.sh("ls -d /run/user/2000/libpod/tmp/rootless-netns").exitCode())
                .isNotZero();
    }

    /** In the namespaces where podman's plugins run. */
    private String inside(String command) {
        return podman("unshare --rootless-netns " + command).ok();
    }

    private String fetch(int port) {
        return host.sh("timeout 10 sh -c 'until curl -s --max-time 3 http://127.0.0.1:" + port + "; do :; done'")
                .ok();
    }

    private Output podman(String words) {
        return asUser("podman " + words);
    }

    /** Runs a line of shell as the user, at home. */
    private Output asUser(String line) {
        return host.run(
                "setpriv",
                "--reuid",
                "2000",
                "--regid",
                "2000",
                "--init-groups",
                "env",
                "HOME=" + HOME,
                "XDG_RUNTIME_DIR=/run/user/2000",
                "CONTAINERS_CONF=" + HOME + "/containers.conf",
                "CONTAINERS_STORAGE_CONF=" + HOME + "/storage.conf",
                "sh",
                "-c",
                "cd && " + line);
    }
}
