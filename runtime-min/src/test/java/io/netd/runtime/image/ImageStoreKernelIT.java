package io.netd.runtime.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netd.runtime.ContainerException;
import io.netd.runtime.ImageConfig;
import io.netd.runtime.ImageView;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Imports of friendly and hostile archives. Needs root, for owners and nodes. */
class ImageStoreKernelIT {
    @TempDir
    private Path directory;

    private ImageStore store;
    private Path outside;

    @BeforeEach
    void open() throws IOException {
        store = ImageStore.open(directory.resolve("data"));
        outside = Files.createDirectory(directory.resolve("outside"));
        Files.writeString(outside.resolve("secret"), "untouched");
    }

    private Path layer(ImageView image) {
        return store.layersDirectory().resolve(store.layerNames(image).get(0));
    }

    private ImageView load(TarBuilder tar) {
        return store.importTar(tar.open(), Optional.of("test"), ImageConfig.NONE);
    }

    private void assertOutsideIsUntouched() throws IOException {
        try (Stream<Path> entries = Files.list(outside)) {
            assertThat(entries).containsExactly(outside.resolve("secret"));
        }
        assertThat(outside.resolve("secret")).hasContent("untouched");
    }

    static Stream<Arguments> hostile() {
        return Stream.of(
                refused("a name above the root", tar -> tar.file("../x", "bad"), "it leads out of the image"),
                refused("deep dots", tar -> tar.file("a/b/../../../x", "bad"), "it leads out of the image"),
                refused("hard link above the root", tar -> tar.hardLink("x", "../outside/secret"), "leads out"),
                refused("hard link to nothing", tar -> tar.hardLink("x", "missing"), "not in the archive before it"),
                refused("hard link to itself", tar -> tar.hardLink("x", "x"), "a link to itself"),
                refused("a whiteout in disguise", tar -> tar.node("x", TarConstants.LF_CHR, 0, 0), "0:0 would hide"),
                refused("a whiteout of nothing", tar -> tar.file("d/.wh.", ""), "it hides nothing"),
                refused("a whiteout of dots", tar -> tar.file(".wh...", ""), "leads out of the image"),
                refused("a file below a file", tar -> tar.file("a", "").file("a/b", ""), "not a directory"),
                refused(
                        "a dangling symlink as folder",
                        tar -> tar.symlink("a", "/nowhere").file("a/b", ""),
                        "a symlink there leads nowhere"),
                refused(
                        "a circle of symlinks",
                        tar -> tar.symlink("a", "b").symlink("b", "a").file("a/x", ""),
                        "symbolic links"),
                refused(
                        "an owner that is none",
                        tar -> tar.special("d/", TarConstants.LF_DIR, e -> e.setUserId(0xffff_ffffL)),
                        "no user id"),
                refused("no entry at all", tar -> tar, "holds no files"));
    }

    private static Arguments refused(String what, UnaryOperator<TarBuilder> content, String words) {
        return Arguments.of(what, content, words);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostile")
    void hostileArchivesAreRefusedAndLeaveNothing(String what, UnaryOperator<TarBuilder> content, String words)
            throws IOException {
        assertThatThrownBy(() -> load(content.apply(new TarBuilder())))
                .isInstanceOf(ContainerException.class)
                .message()
                .containsIgnoringCase(words);
        try (Stream<Path> layers = Files.list(store.layersDirectory())) {
            assertThat(layers).isEmpty();
        }
        assertThat(store.list()).isEmpty();
        assertOutsideIsUntouched();
    }

    @Test
    void aSymlinkThatLeadsOutIsFollowedInsideOnly() throws IOException {
        ImageView image = load(new TarBuilder()
                .directory(outside.toString().substring(1))
                .symlink("etc", outside.toString())
                .file("etc/secret", "inside")
                .symlink("up", "../../../../../../.." + outside)
                .file("up/other", "inside"));

        assertOutsideIsUntouched();
        Path inside = layer(image).resolve(outside.toString().substring(1));
        assertThat(inside.resolve("secret")).hasContent("inside");
        assertThat(inside.resolve("other")).hasContent("inside");
        assertThat(Files.readSymbolicLink(layer(image).resolve("etc"))).isEqualTo(outside);
    }

    @Test
    void aFileReplacesASymlinkInsteadOfWritingThroughIt() throws IOException {
        ImageView image = load(new TarBuilder()
                .symlink("link", outside.resolve("secret").toString())
                .file("link", "own"));

        assertThat(layer(image).resolve("link")).isRegularFile().hasContent("own");
        assertOutsideIsUntouched();
    }

    @Test
    void aHardLinkToASymlinkLinksTheSymlinkItself() throws IOException {
        ImageView image = load(new TarBuilder()
                .symlink("link", outside.resolve("secret").toString())
                .hardLink("second", "link"));

        assertThat(Files.isSymbolicLink(layer(image).resolve("second"))).isTrue();
        assertOutsideIsUntouched();
    }

    @Test
    void namesAttributesAndKindsArriveAsTheyAre() throws IOException {
        String longName = "l".repeat(200);
        ImageView image = load(new TarBuilder()
                .special("./", TarConstants.LF_DIR, e -> e.setMode(0750))
                .file("/absolute", "a")
                .special("bin/", TarConstants.LF_DIR, e -> e.setLastModifiedTime(FileTime.fromMillis(1000)))
                .file("bin/x", "x")
                .hardLink("bin/y", "/bin/x")
                .file("d/" + longName, "long")
                .special("su", TarConstants.LF_NORMAL, e -> {
                    e.setMode(04755);
                    e.setUserId(3_000_000);
                })
                .node("null", TarConstants.LF_CHR, 1, 3)
                .node("pipe", TarConstants.LF_FIFO, 0, 0)
                .file(".wh..wh.plnk", ""));
        Path root = layer(image);

        assertThat(Files.getAttribute(root, "unix:mode")).isEqualTo(040750);
        assertThat(root.resolve("absolute")).hasContent("a");
        assertThat(Files.getLastModifiedTime(root.resolve("bin")).toMillis()).isEqualTo(1000);
        assertThat(Files.isSameFile(root.resolve("bin/x"), root.resolve("bin/y")))
                .isTrue();
        assertThat(root.resolve("d").resolve(longName)).hasContent("long");
        assertThat(Files.getAttribute(root.resolve("su"), "unix:mode")).isEqualTo(0104755);
        assertThat(Files.getAttribute(root.resolve("su"), "unix:uid")).isEqualTo(3_000_000);
        assertThat(Files.getAttribute(root.resolve("null"), "unix:rdev")).isEqualTo(0x103L);
        assertThat(Files.readAttributes(root.resolve("pipe"), "isOther")).containsEntry("isOther", true);
        assertThat(root.resolve(".wh..wh.plnk")).doesNotExist();
    }

    @Test
    void whiteoutsBecomeTheOverlaysOwnMarksWhateverTheirPlace() throws IOException {
        ImageView image = load(
                new TarBuilder().file("d/.wh..wh..opq", "").file("d/kept", "x").file("e/.wh.gone", ""));
        Path gone = layer(image).resolve("e/gone");

        assertThat(Files.getAttribute(gone, "unix:rdev", LinkOption.NOFOLLOW_LINKS))
                .isEqualTo(0L);
        assertThat(Files.getAttribute(gone, "unix:mode", LinkOption.NOFOLLOW_LINKS))
                .isEqualTo(020000);
        assertThat(Files.getAttribute(layer(image).resolve("d"), "user:overlay.opaque"))
                .isEqualTo(new byte[] {'y'});
        assertThat(layer(image).resolve("d/kept")).hasContent("x");
    }

    @Test
    void equalContentIsStoredOncePackedOrNot() throws Exception {
        byte[] tar = new TarBuilder().file("a", "same").bytes();
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(tar);
        }

        ImageView plain = store.importTar(new ByteArrayInputStream(tar), Optional.of("one"), ImageConfig.NONE);
        ImageView zipped =
                store.importTar(new ByteArrayInputStream(packed.toByteArray()), Optional.of("two:x"), ImageConfig.NONE);

        String digest =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(tar));
        assertThat(plain.layers()).containsExactly("sha256:" + digest).isEqualTo(zipped.layers());
        assertThat(plain.id()).isNotEqualTo(zipped.id());
        store.remove("one", Map.of());
        assertThat(layer(zipped)).isDirectory();
        store.remove("two:x", Map.of());
        assertThat(layer(zipped)).doesNotExist();
    }

    @Test
    void cutOffAndForeignArchivesAreRefused() {
        byte[] tar = new TarBuilder().file("a", "x".repeat(5000)).bytes();

        assertThatThrownBy(() -> store.importTar(
                        new ByteArrayInputStream(Arrays.copyOf(tar, 2000)), Optional.empty(), ImageConfig.NONE))
                .isInstanceOf(ContainerException.class);
        assertThatThrownBy(() -> store.importTar(
                        new ByteArrayInputStream(new byte[] {0x1f, (byte) 0x8b, 8}),
                        Optional.empty(),
                        ImageConfig.NONE))
                .isInstanceOf(ContainerException.class);
        assertThatThrownBy(() -> store.importTar(
                        new ByteArrayInputStream("BZh91AY".getBytes()), Optional.empty(), ImageConfig.NONE))
                .hasMessageContaining("packed with bzip2");
        assertThatThrownBy(() -> store.importTar(
                        new ByteArrayInputStream("<html>".repeat(300).getBytes()), Optional.empty(), ImageConfig.NONE))
                .isInstanceOf(ContainerException.class);
        assertThat(store.layersDirectory()).isEmptyDirectory();
    }

    @Test
    void tooLargeArchivesAreRefused() throws IOException {
        Path root = Files.createDirectory(directory.resolve("small"));
        TarExtractor.Bounds bounds = new TarExtractor.Bounds(3, 100);

        assertThatThrownBy(() -> new TarExtractor(root, bounds)
                        .extract(new TarBuilder().file("a", "x".repeat(101)).open()))
                .hasMessageContaining("too large");
        assertThatThrownBy(() -> new TarExtractor(root, bounds)
                        .extract(new TarBuilder()
                                .directory("a")
                                .directory("b")
                                .directory("c")
                                .directory("d")
                                .open()))
                .hasMessageContaining("too large");
    }

    @Test
    void imagesAreFoundByNameTagAndIdAndSurviveAReopening() {
        ImageView image = load(new TarBuilder().file("a", "x"));
        store = ImageStore.open(directory.resolve("data"));

        assertThat(store.find("test").id()).isEqualTo(image.id());
        assertThat(store.find("docker.io/library/test:latest").id()).isEqualTo(image.id());
        assertThat(store.find(image.id()).references()).containsExactly("test:latest");
        assertThat(store.find(image.id().substring(7, 19)).id()).isEqualTo(image.id());
        assertThatThrownBy(() -> store.find("other")).hasMessage("No such image: other:latest");
        assertThatThrownBy(() -> store.remove("test", Map.of(image.id(), "c".repeat(64))))
                .hasMessageContaining("container cccccccccccc is using its referenced image");
    }

    @Test
    void aNewImageTakesTheNameAndTheOldOneStaysWithoutIt() {
        ImageView old = load(new TarBuilder().file("a", "1"));
        ImageView young = load(new TarBuilder().file("a", "2"));

        assertThat(store.find("test").id()).isEqualTo(young.id());
        assertThat(store.find(old.id()).references()).isEmpty();
        assertThat(store.list()).extracting(ImageView::id).containsExactly(young.id(), old.id());
    }
}
