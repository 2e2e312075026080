package io.netd.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netd.address.PortRange;
import io.netd.address.Protocol;
import io.netd.cni.AttachmentId;
import io.netd.cni.CniException;
import io.netd.cni.CniRequest;
import io.netd.cni.CniResult;
import io.netd.cni.ContainerId;
import io.netd.cni.InterfaceName;
import io.netd.engine.event.Event;
import io.netd.engine.event.TraceContext;
import io.netd.engine.host.Asker;
import io.netd.engine.host.HostRef;
import io.netd.engine.journal.CallingRuntime;
import io.netd.engine.journal.JournalLock;
import io.netd.linux.fs.RootDirectory;
import io.netd.linux.ns.NetworkNamespace;
import io.netd.linux.proc.Program;
import io.netd.linux.testing.ThrowawayNamespace;
import io.netd.plugins.spi.CallingProgram;
import io.netd.portmap.PortRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class EngineKernelIT {
    private static final CallingRuntime CONTAINERD =
            new CallingRuntime("containerd", Optional.of("containerd.service"));
    private static final CallingRuntime NERDCTL = new CallingRuntime("/usr/local/bin/nerdctl", Optional.empty());

    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<String> before = Engines.links();
    private ThrowawayNamespace sandbox = ThrowawayNamespace.create();

    @TempDir
    private Path folder;

    private Path execRoot;

    @BeforeEach
    void prepare() {
        execRoot = folder.resolve("run");
        open.add(sandbox);
    }

    @AfterEach
    void tidy() throws Exception {
        StepPlugin.clear();
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
        assertThat(Engines.links()).isEqualTo(before);
    }

    @Test
    void addAnswersAndDelLeavesNothing() {
        Engine engine = engine();
        CniResult result = join(add(engine, "one"));
        assertThat(result.addresses()).hasSize(1);
        assertThat(Engines.links()).contains("c1-one0", "c1-one2");
        assertThat(engine.attachments()).singleElement().satisfies(view -> {
            assertThat(view.container()).isEqualTo("c1");
            assertThat(view.plugins()).containsExactly("one");
        });
        join(del(engine, "one"));
        assertNothingLeft();
    }

    @Test
    void pluginsOfAChainAreOneAttachment() {
        Engine engine = engine();
        join(add(engine, "one"));
        join(add(engine, "two"));
        assertThat(Engines.files(execRoot.resolve("attachments"))).hasSize(1);
        assertThat(engine.attachments().get(0).plugins()).containsExactly("one", "two");
        join(del(engine, "two"));
        assertThat(Engines.links()).contains("c1-one0").doesNotContain("c1-two0");
        join(del(engine, "one"));
        assertNothingLeft();
    }

    @Test
    void addOfWhatIsThereIsRefusedAndChangesNothing() {
        Engine engine = engine();
        join(add(engine, "one"));
        assertFails(add(engine, "one"), 100, "already");
        assertThat(Engines.links()).contains("c1-one0");
        join(del(engine, "one"));
        assertNothingLeft();
    }

    @Test
    void delTakesEverythingDownThoughTheJournalCannotBeWritten() {
        Engine engine = engine();
        join(add(engine, "one"));
        Path journal = execRoot.resolve("attachments");
        sh("mount --bind " + journal + " " + journal + " && mount -o remount,bind,ro " + journal);
        try {
            assertFails(del(engine, "one"), 5, "EROFS");
            assertThat(Engines.links()).isEqualTo(before);
            assertThat(Engines.files(journal)).hasSize(1);
            assertFails(add(engine, "two"), 5, "EROFS");
            assertThat(Engines.links()).isEqualTo(before);
        } finally {
            sh("umount " + journal);
        }
        join(add(engine, "one"));
        join(del(engine, "one"));
        join(del(engine, "two"));
        assertNothingLeft();
    }

    private static void sh(String script) {
        Program.Output output = Program.of("sh", "-c", script).run();
        assertThat(output.succeeded()).as(output.toString()).isTrue();
    }

    @Test
    void delOfTheUnknownSucceedsAgainAndAgain() {
        Engine engine = engine();
        join(del(engine, "one"));
        join(del(engine, "one"));
        assertNothingLeft();
    }

    @Test
    void delNeedsNoNamespace() {
        Engine engine = engine();
        join(add(engine, "one"));
        join(engine.del(HostRef.own(), Engines.request("DEL", "c1", Optional.empty(), Engines.config("one"))));
        assertNothingLeft();
    }

    @Test
    void aNamespaceThatIsNoneIsRefused() {
        Engine engine = engine();
        sandbox.close();
        open.remove(sandbox);
        assertThatThrownBy(() -> join(engine.add(
                        HostRef.own(),
                        CniRequest.parse(
                                Map.of(
                                        "CNI_COMMAND", "ADD",
                                        "CNI_CONTAINERID", "c1",
                                        "CNI_IFNAME", "eth0",
                                        "CNI_NETNS", "/run/nowhere"),
                                Engines.config("one").getBytes(StandardCharsets.UTF_8)))))
                .hasMessageContaining("/run/nowhere");
        assertNothingLeft();
    }

    @Test
    void portsOfAContainerThatHasGoneAreRefused() {
        AttachmentId gone = new AttachmentId(new ContainerId("gone"), new InterfaceName("eth0"));
        PortRequest port = new PortRequest(List.of(), Optional.of(PortRange.of(8080)), 80, Protocol.TCP);
        Engine engine = engine();
        assertFails(engine.publish(gone, List.of(port)), 3, "container gone is not connected any more");
        assertFails(engine.unpublish(gone, List.of(port)), 3, "container gone is not connected any more");
    }

    @Test
    void theHostsOwnNamespaceIsRefused() {
        Engine engine = engine();
        assertThatThrownBy(() -> join(engine.add(
                        HostRef.own(),
                        CniRequest.parse(
                                Map.of(
                                        "CNI_COMMAND", "ADD",
                                        "CNI_CONTAINERID", "c1",
                                        "CNI_IFNAME", "eth0",
                                        "CNI_NETNS", "/proc/self/ns/net"),
                                Engines.config("one").getBytes(StandardCharsets.UTF_8)))))
                .hasMessageContaining("should not be the same");
        assertNothingLeft();
    }

    @Test
    void aFailureAtAnyPointLeavesNothing() {
        Engine engine = engine();
        for (String point : points()) {
            StepPlugin.interfere(here -> {
                if (here.equals(point)) {
                    throw new CniException(999, "broken at " + point);
                }
            });
            assertFails(add(engine, "one"), 999, "broken at " + point);
            StepPlugin.clear();
            assertNothingLeft();
        }
    }

    @Test
    void whatDiedAtAnyPointOfAnAddIsUndoneAtTheNextStart() throws InterruptedException {
        for (String point : points()) {
            diesAt(point, engine -> add(engine, "one"));
        }
    }

    @Test
    void whatDiedAtAnyPointOfADelIsFinishedAtTheNextStart() throws InterruptedException {
        for (int i = 0; i < StepPlugin.STEPS; i++) {
            diesAt("revert c1-one" + i, engine -> add(engine, "one").thenCompose(done -> del(engine, "one")));
        }
    }

    @Test
    void whatCannotBeRevertedIsReportedAndRevertedByTheNextDel() {
        Engine engine = engine();
        join(add(engine, "one"));
        StepPlugin.interfere(here -> {
            if (here.equals("revert c1-one1")) {
                throw new CniException(999, "stuck");
            }
        });
        assertFails(del(engine, "one"), 999, "stuck");
        StepPlugin.clear();
        assertThat(Engines.links()).contains("c1-one1").doesNotContain("c1-one0", "c1-one2");
        join(del(engine, "one"));
        assertNothingLeft();
    }

    @Test
    void anAbandonedAddIsTakenBack() {
        Engine engine = engine();
        ThrowawayNamespace host = foreign();
        AtomicBoolean wanted = new AtomicBoolean(true);
        StepPlugin.interfere(here -> wanted.set(!here.equals("after deed 2")));
        assertFails(engine.add(ref(host, wanted), request("ADD", "one")), 11, "gone away");
        StepPlugin.clear();
        assertThat(host.sh("ip -o link")).doesNotContain("c1-one");
        assertThat(Engines.files(execRoot.resolve("attachments"))).isEmpty();
    }

    @Test
    void aForeignHostIsActedInAndNothingOfOursStaysThere() throws IOException {
        Engine engine = engine();
        ThrowawayNamespace host = foreign();
        String inode = host.namespace().id().toString();
        long held = descriptorsOf(inode);
        AtomicBoolean wanted = new AtomicBoolean(true);
        join(engine.add(ref(host, wanted), request("ADD", "one")));
        assertThat(host.sh("ip -o link")).contains("c1-one0");
        assertThat(Engines.links()).doesNotContain("c1-one0");
        assertThat(engine.attachments()).isEmpty();
        join(engine.del(ref(host, wanted), request("DEL", "one")));
        assertThat(host.sh("ip -o link")).doesNotContain("c1-one0");
        assertThat(descriptorsOf(inode)).isEqualTo(held);
        assertThat(Engines.files(execRoot.resolve("attachments"))).isEmpty();
    }

    @Test
    void garbageIsCollectedUnlessItIsValidOrSomebodyElses() {
        Engine engine = engine();
        for (String container : List.of("c1", "c2", "c3")) {
            join(addBy(CONTAINERD, engine, container));
        }
        join(addBy(NERDCTL, engine, "n1"));
        join(engine.add(HostRef.own(), Engines.request("ADD", "u1", Optional.of(sandbox), Engines.config("one"))));
        join(gc(engine, CONTAINERD, "{\"containerID\":\"c2\",\"ifname\":\"eth0\"}"));
        assertThat(Engines.links()).contains("c2-one0", "n1-one0", "u1-one0").doesNotContain("c1-one0", "c3-one0");
        assertThat(StepPlugin.collected())
                .as("what no journal knows may be the other's")
                .isEmpty();
        join(gc(engine, NERDCTL, ""));
        assertThat(Engines.links()).contains("c2-one0", "u1-one0").doesNotContain("n1-one0");
        for (String container : List.of("c2", "u1")) {
            join(engine.del(HostRef.own(), Engines.request("DEL", container, Optional.empty(), Engines.config("one"))));
        }
        assertNothingLeft();
    }

    @Test
    void aRuntimeAloneWithItsNetworkIsRidOfWhatNoJournalKnows() {
        Engine engine = engine();
        join(addBy(CONTAINERD, engine, "c1"));
        join(gc(engine, CONTAINERD, "{\"containerID\":\"c1\",\"ifname\":\"eth0\"}"));
        assertThat(StepPlugin.collected()).containsExactly("[c1/eth0, c1/eth0]");
        join(gc(engine, CONTAINERD, ""));
        assertNothingLeft();
    }

    @Test
    void garbageThatCannotBeRemovedDoesNotKeepTheRestAndIsToldWhole() {
        Engine engine = engine();
        for (String container : List.of("c1", "c2", "c3")) {
            join(addBy(CONTAINERD, engine, container));
        }
        StepPlugin.interfere(point -> {
            if (point.equals("revert c1-one1") || point.equals("revert c3-one0") || point.equals("collect")) {
                throw new IllegalStateException(point + " refused");
            }
        });
        assertThatThrownBy(() -> join(gc(engine, CONTAINERD, "")))
                .hasMessageContainingAll("revert c1-one1 refused", "revert c3-one0 refused", "collect refused");
        assertThat(Engines.links())
                .contains("c1-one1", "c3-one0")
                .doesNotContain("c1-one0", "c1-one2", "c2-one0", "c3-one1");
        StepPlugin.clear();
        join(gc(engine, CONTAINERD, ""));
        assertNothingLeft();
    }

    @Test
    void whoeverCannotBeToldCollectsNothing() {
        Engine engine = engine();
        join(engine.add(HostRef.own(), Engines.request("ADD", "u1", Optional.of(sandbox), Engines.config("one"))));
        CniRequest request = Engines.request("GC", "c0", Optional.empty(), Engines.config("one"));
        assertFails(engine.gc(HostRef.own(), request), 5, "which runtime");
        join(engine.del(HostRef.own(), Engines.request("DEL", "u1", Optional.empty(), Engines.config("one"))));
        assertNothingLeft();
    }

    private CompletionStage<CniResult> addBy(CallingRuntime runtime, Engine engine, String container) {
        return engine.add(by(runtime), Engines.request("ADD", container, Optional.of(sandbox), Engines.config("one")));
    }

    private static CompletionStage<Void> gc(Engine engine, CallingRuntime runtime, String valid) {
        String config = "{\"cniVersion\":\"1.1.0\",\"name\":\"net\",\"type\":\"one\","
                + "\"cni.dev/valid-attachments\":[" + valid + "]}";
        return engine.gc(by(runtime), Engines.request("GC", "c0", Optional.empty(), config));
    }

    private static HostRef by(CallingRuntime runtime) {
        return HostRef.own().askedBy(new Asker(() -> Optional.of(runtime), TraceContext.NONE, CallingProgram.NOBODY));
    }

    @Test
    void fiftyAtOnceComeAndGo() {
        Engine engine = engine();
        List<CompletableFuture<CniResult>> adds = IntStream.range(0, 50)
                .mapToObj(i -> engine.add(
                                HostRef.own(),
                                Engines.request("ADD", "p" + i, Optional.of(sandbox), Engines.config("one")))
                        .toCompletableFuture())
                .toList();
        adds.forEach(CompletableFuture::join);
        assertThat(engine.attachments()).hasSize(50);
        IntStream.range(0, 50)
                .mapToObj(i -> engine.del(
                                HostRef.own(), Engines.request("DEL", "p" + i, Optional.empty(), Engines.config("one")))
                        .toCompletableFuture())
                .toList()
                .forEach(CompletableFuture::join);
        assertNothingLeft();
    }

    @Test
    void eventsComeInOrderAfterTheFact() {
        Engine engine = engine();
        List<Event> events = Collections.synchronizedList(new ArrayList<>());
        engine.subscribe(events::add);
        TraceContext trace = new TraceContext(Map.of("traceparent", "00-1-2-01"));
        HostRef traced = HostRef.own().askedBy(new Asker(Optional::empty, trace, CallingProgram.NOBODY));
        join(engine.add(traced, Engines.request("ADD", "c1", Optional.of(sandbox), Engines.config("one"))));
        join(del(engine, "one"));
        assertThat(events).extracting(Event::trace).containsExactly(trace, TraceContext.NONE);
        assertThat(events)
                .extracting(Event::address)
                .containsExactly("netd.attachment.added", "netd.attachment.removed");
        assertThat(events).extracting(Event::sequence).containsExactly(1L, 2L);
    }

    @Test
    void theJournalHasOneWriterAtATime() {
        engine();
        assertThatThrownBy(() -> JournalLock.acquire(execRoot, Duration.ofMillis(20)))
                .hasMessageContaining("pid " + ProcessHandle.current().pid());
    }

    /** The engine's thread stops for ever at a point; a new engine finds the files as they were then. */
    private void diesAt(String point, Function<Engine, CompletionStage<?>> work) throws InterruptedException {
        Path died = folder.resolve(point.replace(' ', '-'));
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        Engine first = Engines.open(died.resolve("first"));
        StepPlugin.interfere(here -> {
            if (here.equals(point) && reached.getCount() > 0) {
                reached.countDown();
                await(never);
                throw new CniException(999, "died");
            }
        });
        CompletionStage<?> outcome = work.apply(first);
        assertThat(reached.await(10, TimeUnit.SECONDS)).isTrue();
        Engines.copy(died.resolve("first"), died.resolve("second"));
        StepPlugin.clear();
        try (Engine second = Engines.open(died.resolve("second"))) {
            join(second.start());
            assertThat(Engines.links())
                    .filteredOn(link -> link.startsWith("c1-"))
                    .isEmpty();
            assertThat(Engines.files(died.resolve("second/attachments"))).isEmpty();
            join(second.uninstall(false));
        }
        never.countDown();
        outcome.exceptionally(failure -> null).toCompletableFuture().join();
        first.close();
    }

    private static void await(CountDownLatch never) {
        try {
            never.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> points() {
        return IntStream.range(0, StepPlugin.STEPS)
                .boxed()
                .flatMap(i -> Stream.of("before trace " + i, "after trace " + i, "after deed " + i))
                .toList();
    }

    private Engine engine() {
        Engine engine = Engines.open(execRoot);
        open.add(engine);
        return engine;
    }

    private ThrowawayNamespace foreign() {
        ThrowawayNamespace host = ThrowawayNamespace.create();
        open.add(host);
        return host;
    }

    private HostRef ref(ThrowawayNamespace host, AtomicBoolean wanted) {
        NetworkNamespace namespace = NetworkNamespace.open(host.namespace().fd().procPath());
        NetworkNamespace inside = NetworkNamespace.open(sandbox.namespace().fd().procPath());
        return HostRef.of(namespace, RootDirectory.ofHost(), Optional.of(inside), wanted::get);
    }

    private CniRequest request(String command, String type) {
        return Engines.request(command, "c1", Optional.of(sandbox), Engines.config(type));
    }

    private CompletionStage<CniResult> add(Engine engine, String type) {
        return engine.add(HostRef.own(), request("ADD", type));
    }

    private CompletionStage<Void> del(Engine engine, String type) {
        return engine.del(HostRef.own(), request("DEL", type));
    }

    private void assertNothingLeft() {
        assertThat(Engines.links()).isEqualTo(before);
        assertThat(Engines.files(execRoot.resolve("attachments"))).isEmpty();
    }

    private static void assertFails(CompletionStage<?> stage, int code, String text) {
        assertThatThrownBy(() -> join(stage))
                .hasCauseInstanceOf(CniException.class)
                .hasMessageContaining(text)
                .satisfies(failure ->
                        assertThat(((CniException) failure.getCause()).code()).isEqualTo(code));
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    /** Descriptors of this process that keep a namespace alive, and sockets are looked for by what they bind. */
    private static long descriptorsOf(String namespace) throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.filter(fd -> target(fd).equals(namespace)).count();
        }
    }

    private static String target(Path fd) {
        try {
            return Files.readSymbolicLink(fd).toString();
        } catch (IOException e) {
            return "";
        }
    }
}
