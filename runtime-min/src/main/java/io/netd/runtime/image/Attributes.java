package io.netd.runtime.image;

import io.netd.runtime.ContainerException;
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

    /** Ids have 32 bits, the highest of which means "leave it". */
    private static int id(long value, TarArchiveEntry entry) {
        if (value < 0 || value >= 0xffff_ffffL) {
            throw ContainerException.invalid(
                    "archive entry '" + entry.getName() + "' is refused: its owner " + value + " is no user id");
        }
        return (int) value;
    }
}
