package io.netd.runtime.container;

import io.netd.linux.proc.Program;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** A root file system of busybox alone, with a user {@code app}. */
final class BusyboxTar {
    private static final Path BUSYBOX = Path.of("/bin/busybox");
    private static final int PROGRAM = 0755;

    private BusyboxTar() {}

    static InputStream open() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            for (String directory : new String[] {"bin", "etc", "root", "tmp", "home"}) {
                tar.putArchiveEntry(new TarArchiveEntry(directory + "/"));
                tar.closeArchiveEntry();
            }
            file(tar, "bin/busybox", Files.readAllBytes(BUSYBOX));
            for (String applet :
                    Program.of(BUSYBOX.toString(), "--list").run().out().lines().toList()) {
                if (!applet.equals("busybox")) {
                    TarArchiveEntry link = new TarArchiveEntry("bin/" + applet, TarConstants.LF_SYMLINK);
                    link.setLinkName("busybox");
                    tar.putArchiveEntry(link);
                    tar.closeArchiveEntry();
                }
            }
            text(tar, "etc/passwd", "root:x:0:0:root:/root:/bin/sh\napp:x:1000:1000::/home:/bin/sh\n");
            text(tar, "etc/group", "root:x:0:\napp:x:1000:\nextra:x:2000:app\n");
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }

    private static void text(TarArchiveOutputStream tar, String name, String text) throws IOException {
        file(tar, name, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void file(TarArchiveOutputStream tar, String name, byte[] content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(content.length);
        entry.setMode(PROGRAM);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }
}
