package io.netd.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Containerd, whose folder of plugins is netd's: by ctr, and as kubelet drives it, by its CRI. */
class ClientContainerdIT extends NetdTestBase {
    private static final String GREETING = "hello from a container";

    private Containerd containerd;

    @BeforeAll
    void openContainerd() throws Exception {
        containerd = Containerd.open(host);
        // The first pod brings what stays: the bridge and the folders of plugins and of containerd.
        remove(runPod("first", 8000));
        runByCtr("first", "true");
    }

    @AfterAll
    void closeContainerd() {
        containerd.close();
    }

    @Override
    void removeContainers() {
        // Each test removes what it ran.
    }

    @Test
    void aPodsPortAnswersUntilThePodIsRemoved() throws Exception {
        String pod = runPod("web", 8080);

        assertThat(fetch("127.0.0.1:8080")).isEqualTo(GREETING);
        assertThat(host.sh("ip netns exec wire " + curl(Host.ADDRESS + ":8080")).ok())
                .isEqualTo(GREETING);
        assertThat(host.sh("nsenter --net=$(ls /run/netns/cni-*) ip -o -4 address show dev eth0")
                        .ok())
                .contains("10.77.0.");

        remove(pod);
        assertThat(host.sh("curl -s --max-time 3 http://127.0.0.1:8080").exitCode())
                .isNotZero();
    }

    @Test
    void aPodWhosePortIsTakenIsRefusedByItsHolder() throws Exception {
        String pod = runPod("web", 8080);

        assertThat(failure(() -> runPod("second", 8080))).contains("8080", "already allocated");

        remove(pod);
    }

    @Test
    void ctrRunsAContainerInTheNetwork() throws Exception {
        String pod = runPod("web", 8080);

        String request = "ip -o -4 address show dev eth0; printf 'GET / HTTP/1.0\\r\\n\\r\\n' | nc -w 2 " + Host.ADDRESS
                + " 8080";
        assertThat(runByCtr("asking", "sh", "-c", request)).contains("10.77.0.", GREETING);

        remove(pod);
    }

    private String runPod(String name, int hostPort) throws Exception {
        Protobuf metadata = new Protobuf().text(1, name).text(2, "uid-" + name).text(3, "default");
        Protobuf port = new Protobuf().number(2, 80).number(3, hostPort);
        Protobuf linux = new Protobuf().text(1, Host.CGROUPS);
        Protobuf config = new Protobuf().message(1, metadata).message(5, port).message(8, linux);
        return Protobuf.firstText(containerd.cri("RunPodSandbox", new Protobuf().message(1, config)));
    }

    private void remove(String pod) throws Exception {
        containerd.cri("StopPodSandbox", new Protobuf().text(1, pod));
        containerd.cri("RemovePodSandbox", new Protobuf().text(1, pod));
    }

    /** In the foreground: of a container in the background ctr 1.6 never takes the network back. */
    private String runByCtr(String name, String... command) {
        List<String> words = new ArrayList<>(List.of("run", "--rm", "--cni", "--snapshotter", "native"));
        words.addAll(List.of("--cgroup", Host.CGROUPS + "/" + name, Containerd.IMAGE, name));
        words.addAll(List.of(command));
        return containerd.ctr(words.toArray(String[]::new)).ok();
    }

    private interface Attempt {
        void run() throws Exception;
    }

    private static String failure(Attempt attempt) throws Exception {
        try {
            attempt.run();
        } catch (AssertionError e) {
            return e.getMessage();
        }
        throw new AssertionError("it succeeded");
    }

    private String fetch(String where) {
        return host.sh(curl(where)).ok();
    }

    /** The server may not listen yet when its pod runs. */
    private static String curl(String where) {
        return "timeout 10 sh -c 'until curl -s --max-time 3 http://" + where + "; do :; done'";
    }
}
