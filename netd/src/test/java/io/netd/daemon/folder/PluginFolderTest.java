package io.netd.daemon.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netd.netctl.api.PluginChange;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginFolderTest {
    @TempDir
    private Path root;

    private final List<String> told = new ArrayList<>();
    private Path folder;

    @BeforeEach
    void makeAHomeAndAFolder() throws IOException {
        home("home");
        folder = Files.createDirectory(root.resolve("bin"));
        Files.writeString(folder.resolve("bridge"), "reference");
    }

    private void home(String name) throws IOException {
        Path home = Files.createDirectories(root.resolve(name));
        Files.writeString(home.resolve("bridge"), name);
        Files.writeString(home.resolve("host"), name);
    }

    private PluginFolder from(String home) {
        told.clear();
        return new PluginFolder(folder, root.resolve(home), this::note);
    }

    private void note(PluginChange change) {
        told.add(change.action() + " " + root.relativize(Path.of(change.path())));
    }

    @Test
    void installedTwiceTheOriginalIsStillKept() throws IOException {
        from("home").install();
        assertThat(told).containsExactly("INSTALLED bin/bridge", "INSTALLED bin/host");
        from("home").install();
        assertThat(told).containsExactly("UNCHANGED bin/bridge", "UNCHANGED bin/host");

        from("home").uninstall();

        assertThat(told).containsExactly("RESTORED bin/bridge", "REMOVED bin/host");
        assertThat(folder.resolve("bridge")).hasContent("reference").isRegularFile();
        assertThat(Keepsakes.namesIn(folder)).containsExactly("bridge");
    }

    @Test
    void anotherNetdTakesOverAndKeepsTheOriginal() throws IOException {
        from("home").install();
        home("newer");
        from("newer").install();
        assertThat(told).containsExactly("INSTALLED bin/bridge", "INSTALLED bin/host");
        assertThat(folder.resolve("bridge")).hasContent("newer");

        from("newer").uninstall();

        assertThat(folder.resolve("bridge")).hasContent("reference");
        assertThat(Keepsakes.namesIn(folder)).containsExactly("bridge");
    }

    @Test
    void aRunThatEndedBeforeTheSwapHasChangedNothing() throws IOException {
        try (Keepsakes keepsakes = Keepsakes.open(folder)) {
            keepsakes.keep(folder.resolve("bridge"), "bridge");
            keepsakes.remember("bridge", root.resolve("home/bridge"));
            Files.createSymbolicLink(keepsakes.fresh(), root.resolve("home/bridge"));
        }

        from("home").uninstall();

        assertThat(told).isEmpty();
        assertThat(folder.resolve("bridge")).hasContent("reference");
        assertThat(Keepsakes.namesIn(folder)).containsExactly("bridge");
    }

    @Test
    void aNewerOriginalIsKeptInTheOldOnesPlace() throws IOException {
        from("home").install();
        Files.delete(folder.resolve("bridge"));
        Files.writeString(folder.resolve("bridge"), "upgraded");
        from("home").install();
        from("home").uninstall();

        assertThat(folder.resolve("bridge")).hasContent("upgraded");
    }

    @Test
    void whatIsNotOursAnyMoreIsLeftAndItsPredecessorKept() throws IOException {
        from("home").install();
        Files.delete(folder.resolve("bridge"));
        Files.writeString(folder.resolve("bridge"), "upgraded");

        from("home").uninstall();

        assertThat(told).containsExactly("LEFT_ALONE bin/bridge", "REMOVED bin/host");
        assertThat(folder.resolve("bridge")).hasContent("upgraded");
        assertThat(folder.resolve(".netd/kept/bridge")).hasContent("reference");
    }

    @Test
    void theOperatorsOwnSymlinkStaysHis() throws IOException {
        Files.delete(folder.resolve("bridge"));
        Files.createSymbolicLink(folder.resolve("bridge"), root.resolve("home/bridge"));

        from("home").install();
        from("home").uninstall();

        assertThat(folder.resolve("bridge")).isSymbolicLink();
    }

    @Test
    void onlyFoldersThatWereMadeAreRemoved() throws IOException {
        folder = root.resolve("bin/a/b");
        from("home").install();
        Files.writeString(root.resolve("bin/a/mine"), "");

        from("home").uninstall();

        assertThat(told).endsWith("REMOVED bin/a/b");
        assertThat(root.resolve("bin/a/mine")).exists();
    }

    @Test
    void netdsOwnFolderIsNoPlaceToInstallTo() {
        folder = root.resolve("home");

        assertThatThrownBy(() -> from("home").install())
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("this is netd's own plugin folder");
        assertThat(root.resolve("home/.netd")).doesNotExist();
    }
}
