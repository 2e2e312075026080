package io.netd.daemon.door;

import io.netd.daemon.frame.Frame;
import io.netd.daemon.frame.FrameType;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;

/** One of the client's output streams; waits while the client does not read. */
final class FrameOutput extends OutputStream {
    private final Client client;
    private final boolean toError;

    FrameOutput(Client client, boolean toError) {
        this.client = client;
        this.toError = toError;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        for (int done = 0; done < length; done += FrameType.CHUNK) {
            int count = Math.min(FrameType.CHUNK, length - done);
            send(Frame.output(toError, bytes, offset + done, count));
        }
    }

    private void send(Frame frame) throws IOException {
        try {
            if (!client.sendPatiently(frame)) {
                throw new IOException("the client has gone");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the client did not read");
        }
    }
}
