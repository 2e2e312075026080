package io.netd.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Row 13: container mode shares the network of one container, and nothing else. */
class Row13ContainerModeIT extends NetdTestBase {
    @Test
    void bothSeeTheSameAddressesAndTalkOverLocalhost() {
        String web = runDetached("--name", "web", IMAGE, "httpd", "-f", "-p", "80", "-h", "/www");
        String guest = runDetached("--net", "container:web", IMAGE, "sleep", "1000");
        host.netctl("exec", "web", "sh", "-c", "until netstat -ltn | grep -q :80; do :; done")
                .ok();

        assertThat(address(guest)).isEqualTo(address(web));
        assertThat(host.run("readlink", "/proc/" + pid(guest) + "/ns/net").ok())
                .isEqualTo(host.run("readlink", "/proc/" + pid(web) + "/ns/net").ok());
        assertThat(host.netctl("exec", guest, "wget", "-qO-", "http://127.0.0.1/")
                        .ok())
                .isEqualTo("hello from a container");
    }

    @Test
    void filesAndProcessesAreIsolated() {
        String web = runDetached("--name", "web", IMAGE, "sh", "-c", "touch /mine; sleep 1111");
        String guest = runDetached("--net", "container:" + web.substring(0, 12), IMAGE, "sleep", "2222");

        assertThat(host.netctl("exec", guest, "ps", "-o", "args").ok()).doesNotContain("1111");
        assertThat(host.netctl("exec", guest, "ls", "/").ok()).doesNotContain("mine");
    }

    @Test
    void theyShareOneRangeOfPorts() {
        runDetached("--name", "web", IMAGE, "httpd", "-f", "-p", "80", "-h", "/www");
        host.netctl("exec", "web", "sh", "-c", "until netstat -ltn | grep -q :80; do :; done")
                .ok();

        Output second = host.netctl("run", "--rm", "--net", "container:web", IMAGE, "httpd", "-f", "-p", "80");

        assertThat(second.exitCode()).isEqualTo(1);
        assertThat(second.err()).contains("Address already in use");
    }

    @ParameterizedTest
    @CsvSource({
        "--hostname x,hostname and the network mode",
        "-p 80:80,port publishing and the container type network mode"
    })
    void whatTheOtherContainerDecidesIsRefusedInDockersWords(String option, String words) {
        runDetached("--name", "web", IMAGE, "sleep", "1000");
        String[] parts = option.split(" ");

        Output output = host.netctl("run", "--net", "container:web", parts[0], parts[1], IMAGE, "true");

        assertThat(output.exitCode()).isEqualTo(125);
        assertThat(output.err()).contains("conflicting options: " + words);
    }

    @Test
    void aTargetThatIsNotThereOrNotRunningIsNamed() {
        assertThat(host.netctl("run", "--rm", "--net", "container:nobody", IMAGE, "true")
                        .err())
                .contains("No such container: nobody");
        host.netctl("run", "--name", "dead", IMAGE, "true").ok();
        assertThat(host.netctl("run", "--rm", "--net", "container:dead", IMAGE, "true")
                        .err())
                .contains("cannot join network namespace of a non running container");
    }

    @Test
    void aTargetThatDiesThisMomentIsNotCalledRunning() {
        String id = runDetached("--name", "dying", IMAGE, "sleep", "1000");
        String netctl = Host.dist().resolve("bin/netctl").toString();

        Output output = host.sh("kill -9 " + pid(id) + "; " + netctl + " run --net container:dying " + IMAGE + " true");

        assertThat(output.err()).contains("non running container: container dying is exited");
    }
}
