package io.netd.runtime.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.netd.linux.proc.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The course's demonstration of an overlay: three lowers, an upper, and one merged view. */
class OverlayKernelIT {
    private static final List<String> LOWERS = List.of("third", "second", "first", "busybox");

    @Test
    void theFirstNamedLowerWinsAndAllAreSeen() throws Exception {
        try (LaunchedRoots roots = new LaunchedRoots()) {
            for (String name : List.of("first", "second", "third")) {
                Files.writeString(roots.layer(name).resolve("same"), name + "\n");
                Files.writeString(roots.layer(name).resolve("only-" + name), name + "\n");
            }

            String seen = roots.run(LOWERS, LaunchedRoots.NO_CGROUPS, "cat /same /only-*");

            assertThat(seen).startsWith("0 ").contains("\"third\\n\"", "\"first\\n\"", "\"second\\n\"");
            assertThat(seen.lines().findFirst().orElse("")).contains("third");
        }
    }

    @Test
    void aWriteInTheMergedViewLandsInTheUpperAndLowersStay() throws Exception {
        try (LaunchedRoots roots = new LaunchedRoots()) {
            Path lower = roots.layer("first").resolve("file");
            Files.writeString(lower, "old");
            roots.layer("second");
            roots.layer("third");

            String seen = roots.run(LOWERS, LaunchedRoots.NO_CGROUPS, "touch /merged; echo new > /file; rm /bin/sleep");

            assertThat(seen).startsWith("0");
            assertThat(roots.upper.resolve("merged")).exists();
            assertThat(roots.upper.resolve("file")).hasContent("new");
            assertThat(lower).hasContent("old");
            assertThat(roots.layer("busybox").resolve("bin/sleep")).isSymbolicLink();
        }
    }

    @Test
    void aFileMadeInTheUpperIsSeenInTheMergedViewAndHidesTheLowers() throws Exception {
        try (LaunchedRoots roots = new LaunchedRoots()) {
            Files.writeString(roots.layer("first").resolve("file"), "lower");
            roots.layer("second");
            roots.layer("third");
            Files.writeString(roots.upper.resolve("file"), "upper");
            Files.writeString(roots.upper.resolve("touched"), "");

            assertThat(roots.run(LOWERS, LaunchedRoots.NO_CGROUPS, "cat /file; ls /touched"))
                    .contains("upper/touched\\n")
                    .doesNotContain("lower");
        }
    }

    /** 126 more lowers: names relative to the layers' directory keep the options within the page that mount(2) takes. */
    @Test
    void manyLayersFitIntoOneMount() throws Exception {
        try (LaunchedRoots roots = new LaunchedRoots()) {
            List<String> lowers = new java.util.ArrayList<>();
            for (int i = 0; i < 126; i++) {
                lowers.add("layer-with-a-name-" + i);
                roots.layer(lowers.get(i));
            }
            lowers.add("busybox");

            assertThat(roots.run(lowers, LaunchedRoots.NO_CGROUPS, "echo fine")).contains("fine");
        }
    }

    @Test
    void aRootWhoseProcIsASymlinkIsRefused() throws Exception {
        try (LaunchedRoots roots = new LaunchedRoots()) {
            Files.createSymbolicLink(roots.layer("first").resolve("proc"), Path.of("/tmp"));
            String mounts = Program.of("cat", "/proc/self/mountinfo").run().out();

            assertThat(failure(roots)).contains("proc in the container must be a plain directory");
            assertThat(Program.of("cat", "/proc/self/mountinfo").run().out()).isEqualTo(mounts);
        }
    }

    @Test
    void anEtcThatLeadsOutOfTheRootStaysInside() throws Exception {
        try (LaunchedRoots roots = new LaunchedRoots()) {
            Path outside = Files.createDirectory(roots.directory.resolve("outside"));
            Files.createSymbolicLink(roots.layer("first").resolve("etc"), outside);

            assertThat(failure(roots)).isNotEmpty();
            assertThat(outside).isEmptyDirectory();
        }
    }

    private static String failure(LaunchedRoots roots) {
        try (PreparedContainer container =
                roots.prepare(List.of("first", "busybox"), LaunchedRoots.NO_CGROUPS, "true")) {
            container.go();
            return "";
        } catch (io.netd.runtime.ContainerException e) {
            return e.getMessage();
        }
    }
}
