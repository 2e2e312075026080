package io.netd.runtime.image;

import io.netd.runtime.ContainerException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * An archive of which only so much is read for one header. Whoever reads a tar keeps in memory what a header says: a name
 * that is too long for its field, or PAX records, of any length that the archive cares to tell.
 */
final class HeaderBound extends FilterInputStream {
    /** As Go's archive/tar, which Docker reads images with. */
    static final int LONGEST = 1 << 20;

    private long left = Long.MAX_VALUE;

    HeaderBound(InputStream archive) {
        super(archive);
    }

    /** A header is read from here on. */
    void beginHeader() {
        left = LONGEST;
    }

    /** Content is read from here on, which may be as long as it is. */
    void beginContent() {
        left = Long.MAX_VALUE;
    }

    @Override
    public int read() throws IOException {
        int read = super.read();
        count(read < 0 ? 0 : 1);
        return read;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int read = super.read(into, offset, length);
        count(Math.max(read, 0));
        return read;
    }

    @Override
    public long skip(long count) throws IOException {
        long skipped = super.skip(count);
        count(skipped);
        return skipped;
    }

    private void count(long read) {
        left -= read;
        if (left < 0) {
            throw ContainerException.invalid(
                    "the archive has an entry whose name or attributes take more than " + LONGEST + " bytes");
        }
    }
}
