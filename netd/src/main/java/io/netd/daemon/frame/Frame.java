package io.netd.daemon.frame;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * One frame. The body belongs to the frame and is not copied.
 *
 * @param type its kind
 * @param body its bytes without the header
 */
public record Frame(FrameType type, byte[] body) {
    /** Bytes before the body: type and length. */
    public static final int HEADER = 5;

    /** Refuses a body that the type does not allow. */
    public Frame {
        if (body.length > type.limit()) {
            throw new BrokenFrameException(type + " frame of " + body.length + " bytes");
        }
    }

    /** Bytes for the client's standard output (or error); at most {@link FrameType#CHUNK} of them. */
    public static Frame output(boolean toError, byte[] bytes, int offset, int length) {
        byte[] body = new byte[length];
        System.arraycopy(bytes, offset, body, 0, length);
        return new Frame(toError ? FrameType.STDERR : FrameType.STDOUT, body);
    }

    /** The end of the call. */
    public static Frame exit(int code) {
        return new Frame(FrameType.EXIT, new byte[] {(byte) code});
    }

    /** Asks for signals. */
    public static Frame signalsOn() {
        return new Frame(FrameType.SIGNALS_ON, new byte[0]);
    }

    /** Asks for a file by its path in the client's eyes. */
    public static Frame openFile(int file, String path) {
        byte[] text = path.getBytes(StandardCharsets.UTF_8);
        return new Frame(
                FrameType.FILE_OPEN,
                ByteBuffer.allocate(4 + text.length).putInt(file).put(text).array());
    }

    /** Asks for the next bytes of a file. */
    public static Frame readFile(int file, int most) {
        return new Frame(
                FrameType.FILE_READ,
                ByteBuffer.allocate(8).putInt(file).putInt(most).array());
    }

    /** Says that a file is done with. */
    public static Frame closeFile(int file) {
        return new Frame(
                FrameType.FILE_CLOSE, ByteBuffer.allocate(4).putInt(file).array());
    }

    /**
     * The number at the start of the body.
     *
     * @throws BrokenFrameException when the body is shorter than that
     */
    public int number() {
        if (body.length < Integer.BYTES) {
            throw new BrokenFrameException(type + " frame of " + body.length + " bytes");
        }
        return ByteBuffer.wrap(body).getInt();
    }

    /** The frame as it goes over the wire. */
    public byte[] toBytes() {
        return ByteBuffer.allocate(HEADER + body.length)
                .put((byte) type.code())
                .putInt(body.length)
                .put(body)
                .array();
    }
}
