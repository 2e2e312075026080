package io.netd.linux.fs;

import static io.netd.linux.sys.Constants.AT_EMPTY_PATH;
import static io.netd.linux.sys.Constants.STATX_INO;

import io.netd.linux.sys.Fd;
import io.netd.linux.sys.Libc;
import io.netd.linux.sys.LinuxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What tells one file from all others that exist now.
 *
 * @param device the file system's number, as the C library's makedev() packs it
 * @param inode the file's number there
 */
public record FileIdentity(long device, long inode) {
    // struct statx of linux/stat.h, the same on every processor.
    private static final int SIZE = 256;
    private static final int INODE = 32;
    private static final int DEVICE_MAJOR = 136;
    private static final int DEVICE_MINOR = 140;

    /**
     * Of an open file.
     *
     * @throws LinuxException when the kernel refuses
     */
    public static FileIdentity of(Fd fd) {
        byte[] facts = new byte[SIZE];
        int result = Libc.files().statx(fd.number(), Libc.text(""), AT_EMPTY_PATH, STATX_INO, facts);
        Libc.check("statx", result, fd);
        ByteBuffer read = ByteBuffer.wrap(facts).order(ByteOrder.nativeOrder());
        return new FileIdentity(
                Nodes.device(read.getInt(DEVICE_MAJOR), read.getInt(DEVICE_MINOR)), read.getLong(INODE));
    }
}
