package io.netd.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Row 8: doctor checks what a host needs and says what to do. */
class Row08DoctorIT extends NetdTestBase {
    @Test
    void aGoodHostIsFoundGood() {
        Output output = host.netctl("doctor");

        assertThat(output.out())
                .contains("namespaces")
                .contains("cgroup")
                .contains("overlay")
                .contains("image")
                .contains("daemon");
        assertThat(output.exitCode()).as(output.out()).isZero();
    }

    @Test
    void doctorIsJsonForPrograms() {
        String first = host.netctl("doctor", "--format", "json")
                .ok()
                .lines()
                .findFirst()
                .orElseThrow();

        assertThat(json(first).at("/verdict").asText()).isIn("OK", "WARNING");
    }

    @Test
    void whatIsWrongIsNamedWithWhatToDo() {
        host.sh("sysctl -qw net.ipv4.ip_forward=0").ok();
        Output output = host.netctl("doctor");
        host.sh("sysctl -qw net.ipv4.ip_forward=1").ok();

        assertThat(output.exitCode()).isEqualTo(1);
        assertThat(output.out())
                .contains("net.ipv4.ip_forward is 0: published ports do not work")
                .contains("sysctl net.ipv4.ip_forward=1");
    }

    @Test
    void localhostThatLeadsNowhereIsNamed() {
        String key = "net.ipv4.conf.docker0.route_localnet";
        runDetached("--name", "web", "-p", "127.0.0.1:8110:80", IMAGE, "httpd", "-f", "-p", "80", "-h", "/www");
        host.netctl("exec", "web", "sh", "-c", "until netstat -ltn | grep -q :80; do :; done")
                .ok();
        String page = "curl -sS --max-time 1 http://127.0.0.1:8110/";
        host.sh(page).ok();
        assertThat(host.netctl("doctor").ok()).doesNotContain(key);

        host.sh("sysctl -qw " + key + "=0").ok();

        assertThat(host.sh(page).exitCode()).isNotZero();
        assertThat(host.netctl("doctor").out())
                .contains(key + " is 0: no port of a container on docker0 is reached at 127.0.0.1");
        assertThat(host.netctl("trace", "--format", "{{.stop.cause}} {{.stop.thing}}", "127.0.0.1:8110")
                        .out())
                .isEqualTo("route-localnet " + key + "\n");
    }

    @Test
    void withoutADaemonTheHostIsStillExamined() {
        daemon.terminate();
        Output output = host.netctl("doctor");
        daemon = Daemon.start(host, options());

        assertThat(output.exitCode()).isEqualTo(1);
        assertThat(output.out())
                .contains("netd is not running")
                .contains("start it: systemctl start netd")
                .contains("OverlayFS is there")
                .as("the images cannot be seen")
                .doesNotContain("no image");
    }

    @Test
    void aPortThatWasLostWhileNetdDidNotRunIsNamedUntilItIsBoundAgain() {
        runDetached("--name", "web", "-p", "8109:80", IMAGE, "sleep", "1000");
        daemon.kill();
        Process thief = host.start("python3", "-m", "http.server", "8109");
        try {
            host.sh("until ss -Htln | grep -q :8109; do :; done").ok();
            daemon = Daemon.start(host, options());

            String pid =
                    host.sh("ss -Htlnp sport = :8109 | grep -o 'pid=[0-9]*'").ok();
            assertThat(host.netctl("doctor").ok())
                    .contains("0.0.0.0:8109/tcp of container web is bound by python3 (pid " + pid.substring(4) + ")");
        } finally {
            thief.destroy();
        }
        host.sh("while ss -Htln | grep -q :8109; do :; done").ok();
        assertThat(host.netctl("doctor").ok()).contains("0.0.0.0:8109/tcp of container web is not bound");

        host.netctl("port", "rm", "web", "-p", "8109:80").ok();
        host.netctl("port", "add", "web", "-p", "8109:80").ok();
        assertThat(host.netctl("doctor").ok()).doesNotContain("8109");
    }

    @Test
    void withoutAnImageItSaysHowToGetOne() {
        try (Host bare = Host.create();
                Daemon fresh = Daemon.start(bare)) {
            assertThat(fresh.log()).contains("ready");
            assertThat(bare.netctl("doctor").out())
                    .contains("no image in the store")
                    .contains("netctl import ROOTFS.tar NAME makes one");
        }
    }
}
