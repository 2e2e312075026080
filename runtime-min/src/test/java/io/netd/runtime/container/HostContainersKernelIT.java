package io.netd.runtime.container;

import static io.netd.runtime.container.ContainerHost.limited;
import static io.netd.runtime.container.ContainerHost.none;
import static io.netd.runtime.container.ContainerHost.readOnly;
import static io.netd.runtime.container.ContainerHost.spec;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netd.runtime.Attached;
import io.netd.runtime.ContainerException;
import io.netd.runtime.ContainerRun;
import io.netd.runtime.ContainerSpec;
import io.netd.runtime.ContainerState;
import io.netd.runtime.Limits;
import io.netd.runtime.LogSelection;
import io.netd.runtime.NetworkMode;
import io.netd.runtime.ProcessSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real containers, judged from inside and from outside. Needs root, busybox and the built launcher. */
class HostContainersKernelIT {
    private List<String> before;
    private ContainerHost host;

    @BeforeEach
    void open() throws Exception {
        before = ContainerHost.traces();
        host = new ContainerHost();
    }

    @AfterEach
    void leavesNothing() throws Exception {
        host.close();
        assertThat(ContainerHost.traces()).isEqualTo(before);
    }

    private ContainerRun run(String id) {
        return host.containers.find(id).run().orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"mnt", "pid", "uts", "ipc", "net", "cgroup"})
    void aContainerHasNamespacesOfItsOwn(String kind) throws Exception {
        String id = host.start(none("sleep", "100"));

        String outside = Files.readSymbolicLink(Path.of("/proc/self/ns", kind)).toString();
        String seen = Files.readSymbolicLink(Path.of("/proc/" + run(id).pid() + "/ns", kind))
                .toString();
        String inside = host.exec(id, "", "readlink", "/proc/self/ns/" + kind);

        assertThat(seen).isNotEqualTo(outside);
        assertThat(inside).isEqualTo(seen + "\n=0");
    }

    @Test
    void hostModeSharesTheHostsNetworkAndNothingElse() throws Exception {
        String id = host.start(spec(new NetworkMode.Host(), "sleep", "100"));
        Path own = Path.of("/proc/self/ns");
        Path its = Path.of("/proc/" + run(id).pid() + "/ns");

        assertThat(Files.readSymbolicLink(its.resolve("net"))).isEqualTo(Files.readSymbolicLink(own.resolve("net")));
        assertThat(Files.readSymbolicLink(its.resolve("pid"))).isNotEqualTo(Files.readSymbolicLink(own.resolve("pid")));
        assertThat(host.exec(id, "", "cat", "/etc/hosts")).isEqualTo(Files.readString(Path.of("/etc/hosts")) + "=0");
    }

    @Test
    void containerModeSharesTheTargetsNetworkAndItsFiles() throws Exception {
        String target = host.start(none("sleep", "100"));
        String joiner = host.start(spec(new NetworkMode.Container(target.substring(0, 8)), "sleep", "100"));

        assertThat(Files.readSymbolicLink(Path.of("/proc/" + run(joiner).pid() + "/ns/net")))
                .isEqualTo(Files.readSymbolicLink(Path.of("/proc/" + run(target).pid() + "/ns/net")));
        assertThat(host.exec(joiner, "", "hostname")).isEqualTo(target.substring(0, 12) + "\n=0");
        host.containers.remove(target, true);
        assertThat(host.exec(joiner, "", "true")).isEqualTo("=0");
    }

    @Test
    void aStoppedContainerCannotBeJoined() throws Exception {
        String target = host.start(none("true"));
        host.exitCode(target);
        String joiner = host.containers
                .create(spec(new NetworkMode.Container(target), "true"))
                .id();

        assertThatThrownBy(() -> host.containers.start(joiner))
                .hasMessageContaining("cannot join network namespace of a non running container: container ");
    }

    @Test
    void theProgramHasDockersCapabilitiesAndNothingInherited() throws Exception {
        String text = host.output(none("sh", "-c", "grep -E '^(Cap|NoNew)' /proc/1/status; ls /proc/1/fd; true"));

        assertThat(text.lines().map(line -> line.replaceAll("\\s+", " ")))
                .containsExactly(
                        "CapInh: 0000000000000000",
                        "CapPrm: 00000000a80425fb",
                        "CapEff: 00000000a80425fb",
                        "CapBnd: 00000000a80425fb",
                        "CapAmb: 0000000000000000",
                        "NoNewPrivs: 0",
                        "0",
                        "1",
                        "2");
    }

    @ParameterizedTest
    @CsvSource({"exit 0,0", "exit 7,7", "kill -9 $$; exit 3,3", "sh -c 'kill -9 $$'; exit $?,137"})
    void theExitCodeIsTheProgramsOrTheSignals(String script, int code) throws Exception {
        assertThat(host.exitCode(host.start(none("sh", "-c", script)))).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({
        "nosuch,127,executable file not found in $PATH",
        "/etc/passwd/x,127,not a directory",
        "/etc,126,is a directory",
        "/etc/hosts,126,permission denied"
    })
    void aProgramThatCannotRunIsAnErrorWithItsOwnCode(String program, int code, String words) {
        String id = host.containers.create(none(program)).id();

        assertThatThrownBy(() -> host.containers.start(id))
                .isInstanceOfSatisfying(
                        ContainerException.class, e -> assertThat(e.exitCode()).isEqualTo(code))
                .hasMessageContaining(words);
        assertThat(host.containers.find(id).state()).isEqualTo(ContainerState.CREATED);
        assertThat(run(id).exitCode()).contains(code);
        assertThat(run(id).started()).isEmpty();
        assertThat(run(id).finished()).isEmpty();
        assertThat(host.events.kinds()).containsExactly("Created", "Died");
    }

    @Test
    void aContainerThatCannotBeConnectedIsTornDown() {
        host.events.answer = created -> CompletableFuture.failedFuture(new IllegalStateException("no address left"));
        String id = host.containers.create(none("true")).id();

        assertThatThrownBy(() -> host.containers.start(id))
                .isInstanceOfSatisfying(
                        ContainerException.class, e -> assertThat(e.exitCode()).isEqualTo(125))
                .hasMessage("no address left");
        assertThat(run(id).error()).isEqualTo("no address left");
        assertThat(host.events.kinds()).containsExactly("Created", "Died");
    }

    @Test
    void addressesOfTheAnswerStandInTheHostsFile() throws Exception {
        host.events.answer = created -> CompletableFuture.completedFuture(new Attached(List.of("172.17.0.9")));
        String id = host.start(none("cat", "/etc/hosts", "/etc/hostname"));

        String hostname = id.substring(0, 12);
        assertThat(host.output(id))
                .startsWith("127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n")
                .endsWith("172.17.0.9\t" + hostname + "\n" + hostname + "\n");
        assertThat(host.events.kinds()).containsExactly("Created", "Started", "Died");
    }

    @Test
    void theMemoryLimitKills() throws Exception {
        Limits limits = new Limits(Optional.of(16L << 20), Optional.of(16L << 20), Optional.empty(), Optional.empty());
        String id = host.start(limited(limits, "sh", "-c", "exec tail /dev/zero"));

        assertThat(host.exitCode(id)).isEqualTo(137);
        assertThat(run(id).oomKilled()).isTrue();
    }

    @Test
    void thePidsLimitHolds() throws Exception {
        Limits limits = new Limits(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(5L));
        String script = "for i in 1 2 3 4 5 6 7 8; do sleep 3 & done; echo started all";

        assertThat(host.output(limited(limits, "sh", "-c", script)))
                .contains("can't fork")
                .doesNotContain("started all");
    }

    @Test
    void theProcessorLimitStandsInTheGroup() throws Exception {
        Limits limits = new Limits(Optional.empty(), Optional.empty(), Optional.of(500_000_000L), Optional.empty());
        String id = host.start(limited(limits, "sleep", "100"));
        String parent = host.settings.cgroupParent();
        Path legacy = Path.of("/sys/fs/cgroup/cpu" + parent, id, "cpu.cfs_quota_us");
        Path unified = Path.of("/sys/fs/cgroup" + parent, id, "cpu.max");

        String value = Files.exists(legacy) ? Files.readString(legacy) : Files.readString(unified);
        assertThat(value.strip()).isIn("50000", "50000 100000");
    }

    @Test
    void aReadOnlyRootRefusesWritesInTheKernelsWords() throws Exception {
        assertThat(host.output(
                        readOnly("sh", "-c", "touch /x; echo >/etc/hosts; echo ok >/dev/shm/y && cat /dev/shm/y")))
                .contains("touch: /x: Read-only file system")
                .contains("can't create /etc/hosts: Read-only file system")
                .contains("ok\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "echo x > /proc/sys/kernel/hostname",
                "cat /proc/kcore | head -c 1 | grep .",
                "mkdir /sys/fs/cgroup/x",
                "mount -t tmpfs x /tmp",
                "mknod /tmp/sda b 8 0 && head -c 1 /tmp/sda",
                "chroot /proc/1/root ls /work",
                "ls /sys/firmware/* 2>/dev/null"
            })
    void whatAContainerMustNotDoFails(String script) throws Exception {
        assertThat(host.exitCode(host.start(none("sh", "-c", script)))).isNotZero();
    }

    @Test
    void execRunsInsideWithItsOwnExitCodeAndInput() {
        String id = host.start(none("sleep", "100"));

        assertThat(host.exec(id, "hello", "sh", "-c", "cat; echo; exit 5")).isEqualTo("hello\n=5");
        assertThat(host.exec(id, "", "sh", "-c", "ls /proc/self/fd | wc -l; kill -9 $$"))
                .endsWith("=137");
        assertThat(host.exec(id, "", "nosuch")).endsWith("executable file not found in $PATH\n=127");
        assertThat(host.exec(id, "", "/etc")).endsWith("is a directory\n=126");
    }

    @Test
    void execTakesUserDirectoryAndEnvironment() {
        String id = host.start(none("sleep", "100"));
        ProcessSpec spec = new ProcessSpec(
                List.of("sh", "-c", "id -u; id -G; pwd; echo $A $HOSTNAME $HOME; grep CapEff /proc/self/status"),
                Map.of("A", "b c"),
                Optional.of("/tmp"),
                Optional.of("app"));
        StringBuilder text = new StringBuilder();
        host.containers.exec(
                id, spec, java.io.InputStream.nullInputStream(), chunk -> text.append(new String(chunk.bytes())));

        assertThat(text.toString().replaceAll("\\s+", " "))
                .isEqualTo("1000 1000 2000 /tmp b c " + id.substring(0, 12) + " /home CapEff: 0000000000000000 ");
    }

    @Test
    void aStoppedContainerTakesNoExecAndNoSignal() throws Exception {
        String id = host.start(none("true"));
        host.exitCode(id);

        assertThatThrownBy(() -> host.exec(id, "", "true")).hasMessage("Container " + id + " is not running");
        assertThatThrownBy(() -> host.containers.kill(id, 15))
                .hasMessage("Cannot kill container: " + id + ": Container " + id + " is not running");
        host.containers.stop(id, Duration.ofSeconds(1));
    }

    @Test
    void stopAsksFirstAndKillsThen() throws Exception {
        String willing = host.start(none("sh", "-c", "trap 'exit 4' TERM; echo ready; while :; do sleep 0.05; done"));
        String deaf = host.start(none("sleep", "100"));
        host.said(willing, "ready").get(20, SECONDS);

        host.containers.stop(willing, Duration.ofSeconds(10));
        host.containers.stop(deaf, Duration.ofMillis(200));

        assertThat(run(willing).exitCode()).contains(4);
        assertThat(run(deaf).exitCode()).contains(137);
    }

    @Test
    void aRunningContainerIsRemovedByForceOnly() {
        String id = host.start(none("sleep", "100"));

        assertThatThrownBy(() -> host.containers.remove(id, false)).hasMessageContaining("container is running");
        host.containers.remove(id, true);
        assertThatThrownBy(() -> host.containers.find(id)).hasMessage("No such container: " + id);
        assertThat(host.events.kinds()).endsWith("Died", "Removed");
    }

    @Test
    void removeWhenDoneIsOverBeforeTheEndIsTold() throws Exception {
        for (int i = 0; i < 10; i++) {
            ContainerSpec plain = none("sleep", "100");
            String id = host.start(new ContainerSpec(
                    plain.image(),
                    plain.process(),
                    plain.network(),
                    plain.limits(),
                    new ContainerSpec.Options(false, true, false),
                    Optional.of("same"),
                    plain.hostname(),
                    plain.annotations()));
            if (i % 2 == 0) {
                host.containers.remove(id, true);
            } else {
                host.containers.stop(id, Duration.ZERO);
            }
            assertThat(host.containers.list()).isEmpty();
        }
    }

    @Test
    void removeWhenDoneLeavesOutputAndCodeToThoseWhoAskedBefore() throws Exception {
        ContainerSpec plain =
                none("sh", "-c", "echo zero; until [ -e /go ]; do sleep 0.05; done; echo one; echo two >&2; exit 3");
        ContainerSpec spec = new ContainerSpec(
                plain.image(),
                plain.process(),
                plain.network(),
                plain.limits(),
                new ContainerSpec.Options(false, true, false),
                Optional.of("gone"),
                Optional.empty(),
                Map.of());
        String id = host.containers.create(spec).id();
        StringBuffer text = new StringBuffer();
        CompletableFuture<Integer> exit = host.containers.exit(id).toCompletableFuture();
        CompletableFuture<Void> reading = CompletableFuture.runAsync(() -> host.containers.logs(
                id, LogSelection.FOLLOW, line -> text.append(line.toError()).append(line.text())));
        host.containers.start(id);
        host.said(id, "zero").get(20, SECONDS);
        host.exec(id, "", "touch", "/go");

        reading.get(20, SECONDS);
        assertThat(exit.get()).isEqualTo(3);
        assertThat(text.toString()).isEqualTo("falsezero\nfalseone\ntruetwo\n");
        CompletableFuture<Void> removed = CompletableFuture.runAsync(() -> {
            while (!host.events.kinds().contains("Removed")) {
                Thread.onSpinWait();
            }
        });
        removed.get(10, SECONDS);
        assertThatThrownBy(() -> host.containers.find("gone")).hasMessage("No such container: gone");
    }

    @Test
    void aRestartedRuntimeAdoptsWhatRunsAndSettlesWhatEnded() throws Exception {
        String runs = host.start(none("sh", "-c", "while :; do echo tick; sleep 0.1; done"));
        String ends = host.start(none("sh", "-c", "sleep 0.5; echo late; exit 9"));
        CompletableFuture<?> ended =
                ProcessHandle.of(run(ends).monitorPid()).orElseThrow().onExit();
        host.containers.close();
        ended.get(20, SECONDS);
        host.events.seen.clear();
        host.restart();

        assertThat(host.containers.find(runs).isRunning()).isTrue();
        assertThat(host.exec(runs, "", "echo", "hi")).isEqualTo("hi\n=0");
        assertThat(host.exitCode(ends)).isEqualTo(9);
        assertThat(host.output(ends)).isEqualTo("late\n");
        assertThat(host.events.kinds()).containsExactly("Died");
        host.containers.stop(runs, Duration.ZERO);
        assertThat(host.output(runs)).startsWith("tick\n");
    }

    @Test
    void anExitedContainerStartsAgainWithItsFiles() throws Exception {
        String id = host.start(none("sh", "-c", "cat /n 2>/dev/null; echo again >> /n; exit 2"));
        host.exitCode(id);
        host.containers.start(id);

        assertThat(host.exitCode(id)).isEqualTo(2);
        assertThat(host.output(id)).isEqualTo("again\n");
    }

    @Test
    void theMonitorHoldsTheContainerAndNobodyElseDoes() throws Exception {
        String id = host.start(none("sleep", "100"));
        Path monitor = Path.of("/proc/" + run(id).monitorPid());

        assertThat(Files.readString(monitor.resolve("comm"))).isEqualTo("netd-monitor\n");
        assertThat(ProcessHandle.current().descendants().map(ProcessHandle::pid))
                .doesNotContain((long) run(id).pid(), (long) run(id).monitorPid());
        ProcessHandle.of(run(id).monitorPid()).orElseThrow().destroyForcibly();
        assertThat(host.exitCode(id)).isEqualTo(137);
    }

    @Test
    void layersAreSharedAndStayAsTheyAre() throws Exception {
        String one = host.start(none("sh", "-c", "echo x > /bin/vi; rm /bin/wget; ls /bin | wc -l"));
        String two = host.start(none("sh", "-c", "ls -l /bin/vi /bin/wget | wc -l"));

        host.exitCode(one);
        assertThat(host.output(two)).isEqualTo("2\n");
        assertThatThrownBy(() -> host.images.remove(ContainerHost.IMAGE, host.containers.imageUsers()))
                .hasMessageContaining("is using its referenced image");
    }

    @Test
    void manyStartsAndRemovalsAtOnceDoNotDisturbEachOther() throws Exception {
        List<CompletableFuture<String>> outputs = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(20);
        for (int i = 0; i < 20; i++) {
            String word = "word" + i;
            outputs.add(CompletableFuture.supplyAsync(
                    () -> {
                        String id = host.start(none("echo", word));
                        host.containers.exit(id).toCompletableFuture().join();
                        StringBuilder text = new StringBuilder();
                        host.containers.logs(id, LogSelection.FOLLOW, line -> text.append(line.text()));
                        host.containers.remove(id, true);
                        return text.toString();
                    },
                    threads));
        }
        for (int i = 0; i < 20; i++) {
            assertThat(outputs.get(i).get(30, java.util.concurrent.TimeUnit.SECONDS))
                    .isEqualTo("word" + i + "\n");
        }
        threads.shutdown();
        assertThat(host.containers.list()).isEmpty();
    }
}
