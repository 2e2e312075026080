package io.netd.ipam;

import io.netd.linux.sys.Fd;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;

/**
 * The boot in which a lease was first seen, as the extended attribute {@code user.netd.boot} of its file. A namespace does
 * not outlive the boot it was made in, so a lease with another boot's mark is dead. Files are never judged by their
 * times: clocks jump. Where the file system knows no such attributes every lease counts as alive.
 */
record BootMark(String bootId) {
    private static final String NAME = "netd.boot";
    private static final int MAX_BYTES = 64;

    /** What a file's mark says of it. */
    enum Verdict {
        THIS_BOOT,
        EARLIER_BOOT,
        UNMARKED
    }

    Verdict judge(Path file) {
        ByteBuffer mark = ByteBuffer.allocate(MAX_BYTES);
        try {
            view(file).read(NAME, mark);
        } catch (IOException | UnsupportedOperationException e) {
            return Verdict.UNMARKED;
        }
        String boot = StandardCharsets.UTF_8.decode(mark.flip()).toString();
        return boot.equals(bootId) ? Verdict.THIS_BOOT : Verdict.EARLIER_BOOT;
    }

    /**
     * Marks the file if its file system can; otherwise does nothing: without a mark the lease is kept until somebody
     * releases it, as host-local's are.
     */
    void put(Fd file) {
        file.setAttribute("user." + NAME, bootId.getBytes(StandardCharsets.UTF_8));
    }

    private static UserDefinedFileAttributeView view(Path file) {
        UserDefinedFileAttributeView view = Files.getFileAttributeView(file, UserDefinedFileAttributeView.class);
        if (view == null) {
            throw new UnsupportedOperationException("no extended attributes at " + file);
        }
        return view;
    }
}
