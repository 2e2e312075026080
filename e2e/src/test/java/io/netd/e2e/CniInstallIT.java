package io.netd.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code netctl cni install} and {@code uninstall}, in a folder that holds the reference plugins. */
class CniInstallIT extends NetdTestBase {
    private static final String FOLDER = "/tmp/plugins";
    private static final String BRIDGE = """
            {"cniVersion":"1.0.0","name":"net1","type":"bridge","bridge":"cni-test0","isDefaultGateway":true,
             "ipam":{"type":"host-local","subnet":"10.33.0.0/24","dataDir":"/run/leases"}}
            """;

    @BeforeEach
    void furnishTheFolder() {
        host.sh("mkdir /tmp/plugins; cp -a /usr/lib/cni/bridge /usr/lib/cni/portmap /usr/lib/cni/tuning /tmp/plugins;"
                        + " ln -s /usr/lib/cni/loopback /tmp/plugins/loopback; chmod 2711 /tmp/plugins/portmap;"
                        + " chown -h 12:34 /tmp/plugins/bridge /tmp/plugins/loopback; ip netns add pod")
                .ok();
    }

    @AfterEach
    @Override
    void hostIsAsBefore() {
        host.sh("ip netns del pod; ip link del cni-test0; rm -rf /run/leases /tmp/plugins");
        super.hostIsAsBefore();
    }

    @Test
    void theInstalledPluginServesWithAndWithoutTheDaemon() {
        host.netctl("cni", "install", "--dir", FOLDER).ok();

        addAndDel();
        daemon.terminate();
        addAndDel();
        daemon = Daemon.start(host, options());
    }

    private void addAndDel() {
        assertThat(json(call("ADD").ok()).at("/interfaces/0/name").asText()).isEqualTo("cni-test0");
        assertThat(host.sh("ip -n pod -o -4 address show dev eth0").ok()).contains("10.33.0.");
        call("DEL").ok();
        assertThat(host.sh("ip -n pod -o link").ok().lines()).hasSize(1);
    }

    @Test
    void uninstallRestoresEverythingHoweverOftenItWasInstalled() {
        String before = content();
        host.netctl("cni", "install", "--dir", FOLDER).ok();
        String installed = content();
        assertThat(host.netctl("cni", "install", "--dir", FOLDER).ok()).doesNotContain("installed");
        assertThat(content()).isEqualTo(installed).isNotEqualTo(before);

        String words = host.netctl("cni", "uninstall", "--dir", FOLDER).ok();

        assertThat(content()).isEqualTo(before);
        assertThat(words)
                .contains("restored /tmp/plugins/bridge")
                .contains("restored /tmp/plugins/loopback")
                .contains("removed /tmp/plugins/host-local");
        assertThat(host.netctl("cni", "install", "--uninstall", "--dir", FOLDER).ok())
                .isEqualTo("no plugin of netd is installed in /tmp/plugins");
    }

    @Test
    void aPluginThatRunsIsReplacedAndRunsOn() throws IOException, InterruptedException {
        // A DEL without addresses: it waits for its configuration and has nothing to do then.
        Process running = host.start(
                "env", "CNI_COMMAND=DEL", "CNI_CONTAINERID=x", "CNI_IFNAME=x", "CNI_PATH=x", FOLDER + "/bridge");
        host.sh("until [ \"$(readlink /proc/" + running.pid() + "/exe)\" = /tmp/plugins/bridge ]; do :; done")
                .ok();
        assertThat(host.sh("echo >>/tmp/plugins/bridge").err()).contains("Text file busy");

        host.netctl("cni", "install", "--dir", FOLDER).ok();

        host.run("cmp", "/usr/lib/cni/bridge", "/proc/" + running.pid() + "/exe")
                .ok();
        running.getOutputStream()
                .write("{\"cniVersion\":\"1.0.0\",\"name\":\"n\",\"type\":\"bridge\"}"
                        .getBytes(StandardCharsets.UTF_8));
        running.getOutputStream().close();
        assertThat(running.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(running.exitValue()).isZero();
        addAndDel();
        host.netctl("cni", "uninstall", "--dir", FOLDER).ok();
        host.run("cmp", "/usr/lib/cni/bridge", "/tmp/plugins/bridge").ok();
    }

    @Test
    void whatTheOperatorPutThereSinceIsLeftAlone() {
        host.netctl("cni", "install", "--dir", FOLDER).ok();
        host.sh("cp /usr/lib/cni/vlan /tmp/plugins/new; mv /tmp/plugins/new /tmp/plugins/bridge")
                .ok();

        String words = host.netctl("cni", "uninstall", "--dir", FOLDER).ok();

        assertThat(words)
                .contains("left alone /tmp/plugins/bridge: it is not netd's any more;"
                        + " what stood there before is /tmp/plugins/.netd/kept/bridge")
                .contains("restored /tmp/plugins/portmap");
        host.run("cmp", "/usr/lib/cni/vlan", "/tmp/plugins/bridge").ok();
        host.run("cmp", "/usr/lib/cni/bridge", "/tmp/plugins/.netd/kept/bridge").ok();
    }

    @Test
    void aFolderThatWasMadeGoesAgain() {
        String made = host.netctl("cni", "install", "--dir", "/tmp/plugins/opt/bin", "--format", "json")
                .ok();
        assertThat(json(made.lines().findFirst().orElseThrow()).at("/action").asText())
                .isEqualTo("MADE");
        host.run("test", "-x", "/tmp/plugins/opt/bin/bridge").ok();

        host.netctl("cni", "uninstall", "--dir", "/tmp/plugins/opt/bin").ok();

        assertThat(host.sh("ls -A /tmp/plugins").ok()).doesNotContain("opt");
    }

    @Test
    void itActsWhereTheCallerIs() {
        String netctl = Host.dist().resolve("bin/netctl").toString();
        String words = host.run(
                        "unshare",
                        "--mount",
                        "sh",
                        "-ec",
                        "mount -t tmpfs tmpfs /tmp/plugins; " + netctl
                                + " cni install --dir /tmp/plugins/bin; ls /tmp/plugins/bin")
                .ok();

        assertThat(words).contains("installed /tmp/plugins/bin/bridge").contains("\nportmap\n");
        assertThat(host.sh("ls -A /tmp/plugins").ok()).doesNotContain("bin").doesNotContain(".netd");
    }

    @Test
    void whatCannotBeDoneIsToldInOneLine() {
        String before = content();
        host.sh("mkdir -p /tmp/plugins/full/portmap /tmp/plugins/ro; mount -t tmpfs -o ro tmpfs /tmp/plugins/ro")
                .ok();
        String netctl = Host.dist().resolve("bin/netctl").toString();

        assertThat(host.netctl("cni", "install", "--dir", "/tmp/plugins/full").err())
                .isEqualTo("netctl: /tmp/plugins/full/portmap: a directory stands where the plugin should\n");
        assertThat(host.netctl("cni", "install", "--dir", "/tmp/plugins/ro").err())
                .isEqualTo("netctl: /tmp/plugins/ro/.netd: Read-only file system\n");
        Output stranger =
                host.run("setpriv", "--reuid", "65534", "--clear-groups", netctl, "cni", "install", "--dir", FOLDER);
        assertThat(stranger.err()).isEqualTo("netctl: /tmp/plugins/.netd: permission denied\n");
        assertThat(stranger.exitCode()).isEqualTo(1);

        host.sh("umount /tmp/plugins/ro; rm -r /tmp/plugins/full /tmp/plugins/ro")
                .ok();
        assertThat(content()).isEqualTo(before);
    }

    /** Everything in the folder: names, kinds, modes, owners, sizes, times, symlinks, content. */
    private String content() {
        return host.sh(
                        "cd /tmp/plugins; find . -mindepth 1 ! -path './.netd*' -printf '%p %y %M %U %G %s %T@ %l\\n' | sort;"
                                + " sha256sum bridge portmap tuning loopback")
                .ok();
    }

    private Output call(String command) {
        return host.plugin(FOLDER + "/bridge", BRIDGE, Map.of("CNI_COMMAND", command, "CNI_PATH", FOLDER));
    }
}
