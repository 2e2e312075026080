package io.netd.daemon.door;

import io.netd.daemon.frame.FrameType;
import java.io.IOException;
import java.io.InputStream;

/** One file that the client reads for us, piece by piece. For one thread. */
final class PulledFile extends InputStream {
    private final PulledFiles files;
    private final int file;
    private byte[] piece = new byte[0];
    private int start;
    private boolean isEnded;
    private boolean isClosed;

    PulledFile(PulledFiles files, int file) {
        this.files = files;
        this.file = file;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (isClosed) {
            throw new IOException("the file is closed");
        }
        if (length == 0) {
            return 0;
        }
        if (start == piece.length && !isEnded) {
            piece = files.read(file, FrameType.CHUNK);
            start = 0;
            isEnded = piece.length == 0;
        }
        if (isEnded) {
            return -1;
        }
        int count = Math.min(length, piece.length - start);
        System.arraycopy(piece, start, bytes, offset, count);
        start += count;
        return count;
    }

    @Override
    public int available() {
        return isClosed ? 0 : piece.length - start;
    }

    @Override
    public void close() {
        if (!isClosed) {
            isClosed = true;
            files.close(file);
        }
    }
}
