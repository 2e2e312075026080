package io.netd.runtime.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.netd.linux.proc.Program;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nonsense on the launcher's input is refused with 125, whatever it is. */
class LauncherInputKernelIT {
    private static Program.Output launch(String mode, byte[] input) {
        return Program.of(LaunchedRoots.LAUNCHER.toString(), mode, "test")
                .input(input)
                .run();
    }

    private static byte[] framed(byte[] body) {
        return ByteBuffer.allocate(8 + body.length)
                .put("NL1\n".getBytes(StandardCharsets.US_ASCII))
                .putInt(body.length)
                .put(body)
                .array();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "nokey\0", "nokey=1\0", "caps=zz\0arg=x\0", "pid=-1\0arg=x\0", "arg=x", "cwd=/\0"})
    void brokenRecordsAreRefused(String body) {
        Program.Output output = launch("exec", framed(body.getBytes(StandardCharsets.UTF_8)));

        assertThat(output.exitCode()).isEqualTo(125);
        assertThat(output.err()).isNotBlank();
    }

    @Test
    void aFalseLengthIsRefused() {
        assertThat(launch("exec", "NL1\n\u007f\u007f\u007f\u007f".getBytes(StandardCharsets.US_ASCII))
                        .err())
                .isEqualTo("launch configuration: too long or cut off\n");
        assertThat(launch("exec", new byte[0]).exitCode()).isEqualTo(125);
        assertThat(launch("run", new byte[] {1, 2, 3}).out())
                .isEqualTo("failed 125 0 launch configuration: bad header\n");
    }

    @Test
    void randomRecordsNeverCrashIt() {
        Random random = new Random(7);
        for (int i = 0; i < 200; i++) {
            byte[] body = new byte[random.nextInt(200)];
            random.nextBytes(body);
            for (int at = 0; at < body.length; at++) {
                body[at] = random.nextInt(6) == 0 ? (byte) "=\0\n,:".charAt(random.nextInt(5)) : body[at];
            }
            assertThat(launch("exec", framed(body)).exitCode()).isEqualTo(125);
        }
    }
}
