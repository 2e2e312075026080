package io.netd.ipam;

import static org.assertj.core.api.Assertions.assertThat;

import io.netd.cni.AttachmentId;
import io.netd.cni.Settings;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Debian's host-local, run on a configuration. */
record ReferencePlugin(String config) {
    private static final Path BINARY = Path.of("/usr/lib/cni/host-local");

    static boolean isInstalled() {
        return Files.isExecutable(BINARY);
    }

    /** What it printed, whether it succeeded or not. */
    Settings run(String command, AttachmentId id) {
        try {
            Process process = start(command, id);
            byte[] out = process.getInputStream().readAllBytes();
            process.waitFor();
            return out.length == 0 ? Settings.EMPTY : Settings.parse(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    Process start(String command, AttachmentId id) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(BINARY.toString()).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("CNI_COMMAND", command);
        builder.environment().put("CNI_CONTAINERID", id.containerId().value());
        builder.environment().put("CNI_IFNAME", id.ifName().value());
        builder.environment().put("CNI_NETNS", "/proc/self/ns/net");
        builder.environment().put("CNI_PATH", "/usr/lib/cni");
        Process process = builder.start();
        try (OutputStream in = process.getOutputStream()) {
            in.write(config.getBytes(StandardCharsets.UTF_8));
        }
        return process;
    }

    void delete(AttachmentId id) {
        assertThat(run("DEL", id)).isEqualTo(Settings.EMPTY);
    }
}
