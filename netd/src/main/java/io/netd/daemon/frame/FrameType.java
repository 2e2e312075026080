package io.netd.daemon.frame;

/** Kinds of frame with their numbers on the wire. */
public enum FrameType {
    /** What the client was asked to do. */
    CALL(1, 4 << 20),
    /** Standard input of a plugin call. */
    STDIN(2, FrameType.CHUNK),
    /** A file that was asked for is open. */
    FILE_OPENED(3, 4),
    /** What was read from a file. */
    FILE_DATA(4, FrameType.CHUNK + 4),
    /** A file could not be opened or read. */
    FILE_ERROR(5, 8 + 128),
    /** A signal that the client got. */
    SIGNAL(6, 1),
    /** The client's window has a new size. */
    WINSIZE(7, 4),
    /** For the client's standard output. */
    STDOUT(16, FrameType.CHUNK),
    /** For the client's standard error. */
    STDERR(17, FrameType.CHUNK),
    /** The client's exit code. */
    EXIT(18, 1),
    /** From now on the client relays signals. */
    SIGNALS_ON(19, 0),
    /** Asks the client to open a file. */
    FILE_OPEN(20, FrameType.CHUNK - 1),
    /** Asks the client to read from a file. */
    FILE_READ(21, 8),
    /** Asks the client to close a file. */
    FILE_CLOSE(22, 4);

    /** Most bytes of data in one frame. */
    public static final int CHUNK = 64 << 10;

    private final int code;
    private final int limit;

    FrameType(int code, int limit) {
        this.code = code;
        this.limit = limit;
    }

    /** Its number on the wire. */
    public int code() {
        return code;
    }

    /** Most bytes its body may have. */
    public int limit() {
        return limit;
    }

    /** Whether clients send it. */
    public boolean isFromClient() {
        return code < STDOUT.code;
    }

    static FrameType fromClient(int code) {
        for (FrameType type : values()) {
            if (type.code == code && type.isFromClient()) {
                return type;
            }
        }
        throw new BrokenFrameException("frame of unknown type " + code);
    }
}
