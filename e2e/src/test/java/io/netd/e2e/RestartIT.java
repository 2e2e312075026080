package io.netd.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Containers, their ports, logs and exit codes outlive the daemon, however it ends. */
class RestartIT extends NetdTestBase {
    private static final String PAGE = "hello from a container";

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void containersRunOnAndAreAdopted(boolean killed) {
        String web = runDetached("--name", "web", "-p", "8080:80", IMAGE, "httpd", "-f", "-p", "80", "-h", "/www");
        String brief = runDetached("--name", "brief", IMAGE, "sh", "-c", "echo bye; sleep 1; exit 7");
        host.netctl("exec", "web", "sh", "-c", "until netstat -ltn | grep -q :80; do :; done")
                .ok();
        int pid = pid(web);
        int briefPid = pid(brief);

        if (killed) {
            daemon.kill();
        } else {
            daemon.terminate();
        }
        assertThat(fetch()).isEqualTo(PAGE);
        host.sh("while [ -e /proc/" + briefPid + " ]; do :; done").ok();
        daemon = Daemon.start(host, options());

        assertThat(pid("web")).isEqualTo(pid);
        assertThat(fetch()).isEqualTo(PAGE);
        assertThat(host.netctl("wait", "brief").ok()).isEqualTo("7");
        assertThat(host.netctl("logs", "brief").ok()).isEqualTo("bye");
        assertThat(host.netctl("run", "-d", "-p", "8080:80", IMAGE, "sleep", "1")
                        .err())
                .contains("web");
    }

    private String fetch() {
        return host.sh("curl -sS --max-time 5 http://" + Host.ADDRESS + ":8080/")
                .ok();
    }
}
