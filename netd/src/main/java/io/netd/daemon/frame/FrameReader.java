package io.netd.daemon.frame;

import java.util.Arrays;
import java.util.Optional;

/**
 * Cuts a client's byte stream into frames, however it arrives. Holds at most one incomplete frame, and refuses its
 * header before it makes room for a body that is too long. For one thread.
 */
public final class FrameReader {
    private byte[] pending = new byte[0];
    private int start;

    /** Takes the next bytes of the stream. */
    public void feed(byte[] bytes) {
        int left = pending.length - start;
        byte[] joined = Arrays.copyOf(Arrays.copyOfRange(pending, start, pending.length), left + bytes.length);
        System.arraycopy(bytes, 0, joined, left, bytes.length);
        pending = joined;
        start = 0;
    }

    /** Whether bytes wait that are no whole frame or preface yet. */
    public boolean isEmpty() {
        return start == pending.length;
    }

    /** The client's preface, once it is whole. */
    public Optional<Preface> preface() {
        if (pending.length - start < Preface.SIZE) {
            return Optional.empty();
        }
        Preface preface = Preface.decode(Arrays.copyOfRange(pending, start, start + Preface.SIZE));
        start += Preface.SIZE;
        return Optional.of(preface);
    }

    /**
     * The next whole frame.
     *
     * @throws BrokenFrameException when it is of no known type or too long
     */
    public Optional<Frame> next() {
        if (pending.length - start < Frame.HEADER) {
            return Optional.empty();
        }
        FrameType type = FrameType.fromClient(pending[start] & 0xff);
        int length = length();
        if (length < 0 || length > type.limit()) {
            throw new BrokenFrameException(type + " frame of " + Integer.toUnsignedString(length) + " bytes");
        }
        int body = start + Frame.HEADER;
        if (pending.length - body < length) {
            return Optional.empty();
        }
        start = body + length;
        return Optional.of(new Frame(type, Arrays.copyOfRange(pending, body, start)));
    }

    private int length() {
        int length = 0;
        for (int i = 1; i < Frame.HEADER; i++) {
            length = length << 8 | pending[start + i] & 0xff;
        }
        return length;
    }
}
