package io.netd.linux.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netd.linux.proc.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** In a user namespace, of which only a process of its own can be: see {@link NarrowingProgram}. */
class HeldSocketUserNamespaceKernelIT {
    private static final String WAIT_FOR_USERS = "echo made; read answer; exec \"$@\"";

    @Test
    void amongManyUsersTheSocketIsNarrowedAndNobodyElseBindsThePort() throws IOException {
        assertThat(narrowedWith("0 0 65536")).isEqualTo("narrowed, others are refused");
    }

    @Test
    void whereThereIsOnlyRootItStaysAsItWas() throws IOException {
        assertThat(narrowedWith("0 0 1")).isEqualTo("kept: EINVAL, others are refused");
    }

    private static String narrowedWith(String users) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classes = System.getProperty("java.class.path");
        Process process = Program.of(
                        "unshare",
                        "-Un",
                        "sh",
                        "-c",
                        WAIT_FOR_USERS,
                        "sh",
                        java,
                        "-cp",
                        classes,
                        NarrowingProgram.class.getName())
                .start();
        try {
            assertThat(process.inputReader().readLine()).isEqualTo("made");
            Path kernel = Path.of("/proc", Long.toString(process.pid()));
            Files.writeString(kernel.resolve("uid_map"), users);
            Files.writeString(kernel.resolve("gid_map"), users);
            process.outputWriter().append('\n').flush();
            return process.inputReader().readLine();
        } finally {
            process.destroyForcibly();
        }
    }
}
