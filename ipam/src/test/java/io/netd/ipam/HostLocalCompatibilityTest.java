package io.netd.ipam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netd.address.IpAddress;
import io.netd.cni.AttachmentId;
import io.netd.cni.CniArgs;
import io.netd.cni.CniDns;
import io.netd.cni.CniResult;
import io.netd.cni.CniVersion;
import io.netd.cni.NetworkConfig;
import io.netd.cni.NetworkName;
import io.netd.cni.ResultJson;
import io.netd.cni.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Our store and Debian's host-local on one folder. */
class HostLocalCompatibilityTest {
    private static final AttachmentId A = AttachmentId.of("a", "eth0");
    private static final AttachmentId B = AttachmentId.of("b", "eth0");
    private static final AttachmentId C = AttachmentId.of("c", "eth0");

    @TempDir
    Path dataDir;

    private final LeaseStores stores = new LeaseStores("boot-1");

    @BeforeEach
    void needsTheReference() {
        assumeTrue(ReferencePlugin.isInstalled(), "package containernetworking-plugins is not installed");
    }

    @Test
    void eachGoesOnWhereTheOtherStopped() {
        assertThat(ours(A)).containsExactly("10.1.2.2/24", "fd00::2/64");
        assertThat(theirs(B)).containsExactly("10.1.2.3/24", "fd00::3/64");
        assertThat(ours(C)).containsExactly("10.1.2.4/24", "fd00::4/64");
    }

    @Test
    void eachReleasesWhatTheOtherAllocated() throws IOException {
        ours(A);
        theirs(B);

        reference().delete(A);
        assertThat(store().release(B)).isTrue();

        try (var files = Files.list(dataDir.resolve("n"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("lock", "last_reserved_ip.0", "last_reserved_ip.1");
        }
        assertThat(ours(A)).containsExactly("10.1.2.4/24", "fd00::4/64");
    }

    @Test
    void eachRefusesASecondAllocationAfterTheOthers() {
        ours(A);
        theirs(B);

        assertThat(reference().run("ADD", A).text("msg"))
                .contains("failed to allocate for range 0: 10.1.2.2 has been allocated to a,"
                        + " duplicate allocation is not allowed");
        assertThatThrownBy(() -> ours(B))
                .hasMessage("10.1.2.3 has been allocated to b/eth0, duplicate allocation is not allowed");
    }

    @Test
    void theReferenceChecksOurs() {
        ours(A);

        assertThat(reference().run("CHECK", A).text("msg")).isEmpty();
        assertThat(reference().run("CHECK", B).text("msg")).isPresent();
    }

    @Test
    void aFullSubnetIsRefusedInTheSameWords() {
        String config = config("1.0.0", "'subnet':'10.1.2.0/30'");
        store().allocate(parse(config), A);

        assertThatThrownBy(() -> store().allocate(parse(config), B))
                .hasMessage(
                        new ReferencePlugin(config).run("ADD", B).text("msg").orElseThrow());
    }

    @Test
    void itsReleaseInTheSameTickIsNoLoss() {
        String config = config("1.0.0", "'subnet':'10.1.2.0/29'");
        for (int i = 0; i < 20; i++) {
            AttachmentId id = AttachmentId.of("c" + i, "eth0");
            store().allocate(parse(config), id);
            new ReferencePlugin(config).delete(id);
        }
        assertThat(store().reserved()).isEmpty();
    }

    @Test
    void allAtOnceNobodyGetsAnothersAddress() {
        List<IpAddress> given = IntStream.range(0, 60)
                .parallel()
                .mapToObj(i -> AttachmentId.of("c" + i, "eth0"))
                .map(id -> id.hashCode() % 2 == 0 ? ours(id) : theirs(id))
                .map(addresses -> IpAddress.parse(addresses.get(0).replace("/24", "")))
                .toList();

        assertThat(given).hasSize(60).doesNotHaveDuplicates();
        assertThat(store().reserved()).hasSize(120);
    }

    @Test
    void bothHoldTheSameLock() throws Exception {
        ours(A);
        Path lock = dataDir.resolve("n/lock");
        Process holder = new ProcessBuilder("flock", lock.toString(), "cat").start();
        while (new ProcessBuilder("flock", "-n", lock.toString(), "true")
                        .start()
                        .waitFor()
                == 0) {
            Thread.onSpinWait();
        }
        Process theirs = reference().start("ADD", B);
        Thread ours = new Thread(() -> ours(C));
        ours.start();
        ours.join(300);

        assertThat(ours.isAlive()).as("waits for the lock").isTrue();
        assertThat(theirs.isAlive()).as("waits for the lock").isTrue();
        assertThat(dataDir.resolve("n/10.1.2.3")).doesNotExist();

        holder.getOutputStream().close();
        ours.join();
        theirs.waitFor();
        assertThat(store().reserved()).hasSize(6);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "V1_1_0")
    void resultsAreTheSameInEveryVersion(CniVersion version) throws IOException {
        Path resolvConf = Files.writeString(dataDir.resolve("resolv.conf"), "nameserver 10.1.2.1\nsearch a b\n");
        String config = config(
                version.toString(),
                "'ranges':[[{'subnet':'10.1.2.0/24'}],[{'subnet':'fd00::/64'}]],'resolvConf':'" + resolvConf
                        + "','routes':[{'dst':'0.0.0.0/0'},{'dst':'fd01::/16','gw':'fd00::9'}]");
        Settings reference = new ReferencePlugin(config).run("ADD", A);
        new ReferencePlugin(config).delete(A);
        Files.delete(dataDir.resolve("n/last_reserved_ip.0"));
        Files.delete(dataDir.resolve("n/last_reserved_ip.1"));

        CniDns dns = ResolvConf.parse(Files.readString(resolvConf));
        CniResult ours = store().allocate(parse(config), A).toResult(dns);

        assertThat(Settings.parse(ResultJson.write(ours, version))).isEqualTo(reference);
        assertThat(ResultJson.read(reference, version)).isEqualTo(ours);
    }

    private List<String> ours(AttachmentId id) {
        return store().allocate(parse(dualStack()), id).addresses().stream()
                .map(address -> address.address().toString())
                .toList();
    }

    private List<String> theirs(AttachmentId id) {
        List<String> addresses = new ArrayList<>();
        reference()
                .run("ADD", id)
                .list("ips")
                .forEach(ip -> addresses.add(ip.text("address").orElseThrow()));
        return addresses;
    }

    private HostLocalStore store() {
        return stores.open(dataDir, new NetworkName("n"));
    }

    private ReferencePlugin reference() {
        return new ReferencePlugin(dualStack());
    }

    private String dualStack() {
        return config("1.0.0", "'ranges':[[{'subnet':'10.1.2.0/24'}],[{'subnet':'fd00::/64'}]]");
    }

    private String config(String version, String keys) {
        return ("{'cniVersion':'" + version + "','name':'n','type':'bridge','ipam':{'type':'host-local','dataDir':'"
                        + dataDir + "'," + keys + "}}")
                .replace('\'', '"');
    }

    private static IpamConfig parse(String config) {
        return IpamConfig.parse(
                NetworkConfig.read(Settings.parse(config.getBytes(StandardCharsets.UTF_8))), CniArgs.EMPTY);
    }
}
