package io.netd.ipam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netd.address.IpAddress;
import io.netd.cni.AttachmentId;
import io.netd.cni.CniException;
import io.netd.cni.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostLocalStoreTest {
    private static final AttachmentId A = AttachmentId.of("a", "eth0");
    private static final AttachmentId B = AttachmentId.of("b", "eth0");
    private static final AttachmentId C = AttachmentId.of("c", "eth0");

    @TempDir
    Path dataDir;

    private Path folder;
    private LeaseStores stores;

    @BeforeEach
    void openStores() {
        folder = dataDir.resolve("n");
        stores = new LeaseStores("boot-1");
    }

    @Test
    void theLayoutIsHostLocals() throws IOException {
        allocate(dualStack(), A);

        assertThat(folder.resolve("10.1.2.2")).hasBinaryContent("a\r\neth0".getBytes());
        assertThat(folder.resolve("fd00::2")).hasBinaryContent("a\r\neth0".getBytes());
        assertThat(folder.resolve("last_reserved_ip.0")).hasContent("10.1.2.2");
        assertThat(folder.resolve("last_reserved_ip.1")).hasContent("fd00::2");
        assertThat(names()).containsExactly("10.1.2.2", "fd00::2", "last_reserved_ip.0", "last_reserved_ip.1", "lock");
    }

    @Test
    void releaseFreesWhatTheAttachmentHoldsAndNothingElse() throws IOException {
        allocate(dualStack(), A);
        allocate(dualStack(), B);

        assertThat(store().release(A)).isTrue();
        assertThat(store().release(A)).isFalse();
        assertThat(store().heldBy(A)).isEmpty();
        assertThat(store().heldBy(B)).containsExactly(IpAddress.parse("10.1.2.3"), IpAddress.parse("fd00::3"));
    }

    @Test
    void anInterfaceOfAnyLettersIsKnownAgain() {
        AttachmentId owner = AttachmentId.of("a", "l\u00e4\u0130");
        allocate(subnet(24), owner);
        stores = new LeaseStores("boot-1");

        assertThat(store().heldBy(owner)).containsExactly(IpAddress.parse("10.1.2.2"));
        assertThat(store().release(owner)).isTrue();
    }

    @Test
    void delOfANetworkThatNeverWasMakesNothing() {
        assertThat(store().release(A)).isFalse();
        assertThat(store().heldBy(A)).isEmpty();
        assertThat(store().reserved()).isEmpty();
        assertThat(store().releaseAllExcept(List.of())).isEmpty();
        assertThat(folder).doesNotExist();
    }

    @Test
    void anAttachmentGetsNoSecondAddress() {
        allocate(subnet(24), A);

        assertThatThrownBy(() -> allocate(subnet(24), A))
                .hasMessage("10.1.2.2 has been allocated to a/eth0, duplicate allocation is not allowed")
                .isInstanceOfSatisfying(
                        CniException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ALREADY_ATTACHED));
        assertThat(allocate(subnet(24), AttachmentId.of("a", "eth1"))).containsExactly("10.1.2.3/24");
    }

    @Test
    void theDeedIsAnnouncedBeforeItIsDoneAndNotWhenItIsRefused() {
        List<Boolean> existed = new ArrayList<>();
        Function<Allocation, Boolean> announce = chosen -> existed.add(Files.exists(folder.resolve("10.1.2.2")));

        store().allocate(subnet(24), A, announce);
        assertThatThrownBy(() -> store().allocate(subnet(24), A, announce)).hasMessageContaining("duplicate");

        assertThat(existed).containsExactly(false);
        assertThat(store().heldBy(A)).hasSize(1);
    }

    @Test
    void aRefusedRequestLeavesNothing() throws IOException {
        allocate(subnet(24), B);
        List<String> before = names();
        IpamConfig taken = IpamConfigTest.config(
                "{'cniVersion':'1.0.0','name':'n','ipam':{'ranges':[[{'subnet':'fd00::/64'}],"
                        + "[{'subnet':'10.1.2.0/24'}]]}}",
                "IP=10.1.2.2");

        assertThatThrownBy(() -> allocate(taken, A)).hasMessageContaining("10.1.2.2 is not available");
        assertThat(names()).isEqualTo(before);
    }

    @Test
    void whatSomebodyElseFreedIsSeenWhenTheSetIsFull() throws IOException {
        allocate(subnet(30), A);
        Files.delete(folder.resolve("10.1.2.2"));

        assertThat(allocate(subnet(30), B)).containsExactly("10.1.2.2/30");
        assertThatThrownBy(() -> allocate(subnet(30), C)).hasMessageContaining("no IP addresses available");
    }

    @Test
    void whatSomebodyElseTookIsLeftToHim() throws IOException {
        allocate(subnet(24), A);
        Files.writeString(folder.resolve("10.1.2.3"), "x\r\neth0");

        assertThat(allocate(subnet(24), B)).containsExactly("10.1.2.4/24");
        assertThat(store().reserved()).contains(new Lease(IpAddress.parse("10.1.2.3"), "x", Optional.of("eth0")));
        assertThat(store().release(AttachmentId.of("x", "eth0"))).isTrue();
    }

    @Test
    void aChangeThatTheFoldersTimeDoesNotShowIsFound() throws IOException {
        allocate(subnet(24), A);
        var time = Files.getLastModifiedTime(folder);
        Files.writeString(folder.resolve("10.1.2.3"), "x\r\neth0");
        Files.setLastModifiedTime(folder, time);

        assertThat(allocate(subnet(24), B)).containsExactly("10.1.2.4/24");

        time = Files.getLastModifiedTime(folder);
        Files.writeString(folder.resolve("10.1.2.7"), "y\r\neth0");
        Files.setLastModifiedTime(folder, time);

        assertThat(store().release(AttachmentId.of("y", "eth0"))).isTrue();
    }

    @Test
    void filesOfOldVersionsAreReleasedByTheContainerAlone() throws IOException {
        allocate(subnet(24), A);
        Files.writeString(folder.resolve("10.1.2.9"), "old\n");

        assertThatThrownBy(() -> allocate(subnet(24), AttachmentId.of("old", "eth0")))
                .hasMessageContaining("10.1.2.9 has been allocated");
        assertThat(store().release(AttachmentId.of("old", "eth0"))).isTrue();
        assertThat(folder.resolve("10.1.2.9")).doesNotExist();
    }

    @Test
    void whatACrashLeftHalfMadeIsFreed() throws IOException {
        Files.createDirectories(folder);
        Files.createFile(folder.resolve("10.1.2.2"));
        Files.writeString(folder.resolve(".netd-draft"), "z\r\neth0");
        Files.createLink(folder.resolve("10.1.2.3"), folder.resolve(".netd-draft"));

        assertThat(allocate(subnet(24), A)).containsExactly("10.1.2.2/24");
        assertThat(folder.resolve("10.1.2.3")).hasBinaryContent("z\r\neth0".getBytes());
        assertThat(names()).containsExactly("10.1.2.2", "10.1.2.3", "last_reserved_ip.0", "lock");
    }

    @Test
    void aDraftThatIsALeasesSecondNameIsNotWrittenOver() throws IOException {
        allocate(subnet(24), A);
        var time = Files.getLastModifiedTime(folder);
        Files.createLink(folder.resolve(".netd-draft"), folder.resolve("10.1.2.2"));
        Files.setLastModifiedTime(folder, time);

        allocate(subnet(24), B);

        assertThat(folder.resolve("10.1.2.2")).hasBinaryContent("a\r\neth0".getBytes());
        assertThat(folder.resolve("10.1.2.3")).hasBinaryContent("b\r\neth0".getBytes());
    }

    @Test
    void leasesOfAnEarlierBootAreDead() throws IOException {
        allocate(subnet(24), A);
        assumeTrue(
                new BootMark("boot-1").judge(folder.resolve("10.1.2.2")) == BootMark.Verdict.THIS_BOOT,
                "the file system knows no extended attributes");
        Files.writeString(folder.resolve("10.1.2.5"), "b\r\neth0");
        allocate(subnet(24), C);

        stores = new LeaseStores("boot-2");
        Files.writeString(folder.resolve("10.1.2.7"), "d\r\neth0");

        assertThat(allocate(subnet(24), A)).containsExactly("10.1.2.4/24");
        assertThat(names()).containsExactly("10.1.2.4", "10.1.2.7", "last_reserved_ip.0", "lock");
    }

    @Test
    void anExhaustedSetIsKnownBeforehand() {
        store().requireAvailable(subnet(30));
        allocate(subnet(30), A);

        assertThatThrownBy(() -> store().requireAvailable(subnet(30)))
                .isInstanceOfSatisfying(
                        CniException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_AVAILABLE));
        assertThat(store().heldBy(A)).hasSize(1);
    }

    @Test
    void gcKeepsTheListed() {
        allocate(dualStack(), A);
        allocate(dualStack(), B);

        assertThat(store().releaseAllExcept(List.of(B)))
                .containsExactly(
                        new Lease(IpAddress.parse("10.1.2.2"), "a", Optional.of("eth0")),
                        new Lease(IpAddress.parse("fd00::2"), "a", Optional.of("eth0")));
        assertThat(store().heldBy(B)).hasSize(2);
    }

    @Test
    void aBrokenLastReservedFileOnlyLosesThePlace() throws IOException {
        allocate(subnet(24), A);
        Files.writeString(folder.resolve("last_reserved_ip.0"), "rubbish");

        assertThat(allocate(subnet(24), B)).containsExactly("10.1.2.3/24");
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws IOException {
        Files.writeString(folder, "a file");

        assertThatThrownBy(() -> allocate(subnet(24), A))
                .hasMessageStartingWith("leases in " + folder + ": ")
                .isInstanceOfSatisfying(
                        CniException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.IO_FAILURE));
    }

    @Test
    void manyThreadsGetManyAddresses() {
        List<String> given = Stream.iterate(0, i -> i + 1)
                .limit(100)
                .parallel()
                .flatMap(i -> allocate(subnet(24), AttachmentId.of("p" + i, "eth0")).stream())
                .toList();

        assertThat(given).hasSize(100).doesNotHaveDuplicates();
    }

    private HostLocalStore store() {
        return stores.open(dataDir, new io.netd.cni.NetworkName("n"));
    }

    private List<String> allocate(IpamConfig config, AttachmentId id) {
        return store().allocate(config, id).addresses().stream()
                .map(address -> address.address().toString())
                .toList();
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static IpamConfig subnet(int length) {
        return IpamConfigTest.ipam("'subnet':'10.1.2.0/" + length + "'");
    }

    private static IpamConfig dualStack() {
        return IpamConfigTest.ipam("'ranges':[[{'subnet':'10.1.2.0/24'}],[{'subnet':'fd00::/64'}]]");
    }
}
