package io.netd.runtime.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.netd.runtime.LogSelection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class LogReaderTest {
    @TempDir
    private Path directory;

    private final LogWatch watch = LogWatch.open();

    @AfterEach
    void close() {
        watch.close();
    }

    private void append(String file, String... texts) throws IOException {
        for (String text : texts) {
            Files.writeString(
                    directory.resolve(file),
                    "{\"log\":\"" + text + "\\n\",\"stream\":\"stdout\",\"time\":\"2026-11-23T23:51:17.106732704Z\"}\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        }
    }

    private LogReader reader() {
        return new LogReader(directory.resolve("log"), watch);
    }

    private List<String> read(LogSelection selection) {
        List<String> texts = new ArrayList<>();
        reader().read(selection, new CompletableFuture<Integer>(), line -> texts.add(line.text()));
        return texts;
    }

    @Test
    void theRotatedPartComesFirstAndATailCountsAcross() throws IOException {
        append("log.1", "1", "2");
        append("log", "3", "4");
        Files.writeString(directory.resolve("log"), "{\"log\":\"cut", StandardOpenOption.APPEND);

        assertThat(read(LogSelection.ALL)).containsExactly("1\n", "2\n", "3\n", "4\n");
        assertThat(read(new LogSelection(false, OptionalInt.of(3)))).containsExactly("2\n", "3\n", "4\n");
        assertThat(read(new LogSelection(false, OptionalInt.of(0)))).isEmpty();
    }

    @Test
    void noLogYetIsAnEmptyLogAndADamagedLineIsPassedOver() throws IOException {
        assertThat(read(LogSelection.ALL)).isEmpty();
        Files.writeString(directory.resolve("log"), "{\"log\":\"x\n{}\n");
        append("log", "good");

        assertThat(read(LogSelection.ALL)).containsExactly("good\n");
    }

    @Test
    void followingSeesLaterLinesARotationAndTheEnd() throws Exception {
        BlockingQueue<String> texts = new LinkedBlockingQueue<>();
        CompletableFuture<Integer> ended = new CompletableFuture<>();
        CompletableFuture<Void> reading = CompletableFuture.runAsync(() -> reader().read(
                        LogSelection.FOLLOW,
                        ended,
                        line -> texts.add(line.text().strip())));

        append("log", "1");
        assertThat(texts.poll(5, TimeUnit.SECONDS)).isEqualTo("1");
        append("log", "2");
        assertThat(texts.poll(5, TimeUnit.SECONDS)).isEqualTo("2");
        append("log", "3");
        Files.move(directory.resolve("log"), directory.resolve("log.1"));
        append("log", "4");
        assertThat(texts.poll(5, TimeUnit.SECONDS)).isEqualTo("3");
        assertThat(texts.poll(5, TimeUnit.SECONDS)).isEqualTo("4");
        append("log", "5");
        ended.complete(0);
        reading.get(5, TimeUnit.SECONDS);
        assertThat(texts).containsExactly("5");
    }

    @Test
    void anInterruptEndsFollowing() throws Exception {
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            reader().read(LogSelection.FOLLOW, new CompletableFuture<Integer>(), line -> {});
            interrupted.complete(Thread.currentThread().isInterrupted());
        });
        thread.start();
        thread.interrupt();

        assertThat(interrupted.get(5, TimeUnit.SECONDS)).isTrue();
    }
}
