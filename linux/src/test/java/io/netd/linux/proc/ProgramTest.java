package io.netd.linux.proc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgramTest {
    @Test
    void feedsReadsAndTellsTheExitCode() {
        Program.Output output = Program.of("sh", "-c", "cat; echo oops >&2; exit 3")
                .input("hello".getBytes(UTF_8))
                .run();
        assertThat(output).isEqualTo(new Program.Output(3, "hello", "oops\n"));
        assertThat(output.succeeded()).isFalse();
    }

    @Test
    void bigInputAndOutputDoNotBlockEachOther() {
        byte[] input = "x".repeat(4 << 20).getBytes(UTF_8);
        assertThat(Program.of("cat").input(input).run().out()).hasSize(input.length);
    }

    @Test
    void outputBeyondTheLimitIsDropped() {
        Program.Output output = Program.of("sh", "-c", "head -c 100000 /dev/zero")
                .outputLimit(10)
                .run();
        assertThat(output.out()).hasSize(10);
        assertThat(output.exitCode()).isZero();
    }

    @Test
    void aProgramThatIgnoresItsInputIsFine() {
        assertThat(Program.of("true").input(new byte[1 << 20]).run().succeeded())
                .isTrue();
    }

    @Test
    void environmentAndFolderAreExactlyThose() {
        Program program = Program.of("/bin/sh", "-c", "/usr/bin/env | /usr/bin/sort; pwd")
                .environment(Map.of("A", "1"))
                .directory(Path.of("/"));
        assertThat(program.run().out()).isEqualTo("A=1\nPWD=/\n/\n");
    }

    @Test
    void timeIsLimited() {
        assertThatThrownBy(() ->
                        Program.of("sleep", "60").timeout(Duration.ofMillis(50)).run())
                .isInstanceOf(ProgramException.class)
                .hasMessage("sleep: not finished after PT0.05S");
    }

    @Test
    void aBackgroundChildThatKeepsTheOutputIsNotWaitedFor() {
        Program program = Program.of("sh", "-c", "echo out; sleep 3 & exit 0").timeout(Duration.ofSeconds(2));
        assertThat(program.run()).isEqualTo(new Program.Output(0, "out\n", ""));
    }

    @Test
    void aMissingProgramIsNamed() {
        assertThatThrownBy(() -> Program.of("no-such-program").run()).hasMessageStartingWith("no-such-program: ");
    }
}
