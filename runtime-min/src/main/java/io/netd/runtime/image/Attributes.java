package io.netd.runtime.image;

import io.netd.linux.fs.Nodes;
import io.netd.runtime.ContainerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

/** Owner, permissions (with set-user-id and kin) and time of an entry. */
record Attributes(int uid, int gid, int mode, FileTime modified, boolean isSymlink) {
    private static final int PERMISSIONS = 07777;

    static Attributes of(TarArchiveEntry entry) {
        return new Attributes(
                id(entry.getLongUserId(), entry),
                id(entry.getLongGroupId(), entry),
                entry.getMode() & PERMISSIONS,
                entry.getLastModifiedTime(),
                entry.isSymbolicLink());
    }

    /** Owner first: a change of owner takes set-user-id away. */
    void applyTo(Path place) throws IOException {
        Nodes.own(place, uid, gid);
        if (!isSymlink) {
            Files.setAttribute(place, "unix:mode", mode);
        }
        // Java opens a file to set its times: that would hang on a pipe and wake a device.
        if (Files.isRegularFile(place, LinkOption.NOFOLLOW_LINKS)) {
            setTime(place, modified);
        }
    }

    static void setTime(Path place, FileTime time) throws IOException {
        Files.getFileAttributeView(place, BasicFileAttributeView.class).setTimes(time, null, null);
    }

    /** Ids have 32 bits, the highest of which means "leave it". */
    private static int id(long value, TarArchiveEntry entry) {
        if (value < 0 || value >= 0xffff_ffffL) {
            throw ContainerException.invalid(
                    "archive entry '" + entry.getName() + "' is refused: its owner " + value + " is no user id");
        }
        return (int) value;
    }
}
