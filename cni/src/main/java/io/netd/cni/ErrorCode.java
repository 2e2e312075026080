package io.netd.cni;

/** The protocol's error codes; 100 and above are netd's own. */
public final class ErrorCode {
    /** The configuration's version is not supported, or does not know the command. */
    public static final int INCOMPATIBLE_VERSION = 1;

    /** A field of the configuration has a value that is not supported; the message holds key and value. */
    public static final int UNSUPPORTED_FIELD = 2;

    /** The container is unknown; the runtime need not ask for DEL. */
    public static final int UNKNOWN_CONTAINER = 3;

    /** A variable of the environment is missing or wrong; the message names it. */
    public static final int INVALID_ENVIRONMENT = 4;

    /** Reading or writing failed. */
    public static final int IO_FAILURE = 5;

    /** The input is no JSON of the right form. */
    public static final int DECODING_FAILURE = 6;

    /** The configuration is well formed but wrong. */
    public static final int INVALID_CONFIG = 7;

    /** The container's namespace is not one, or is the plugin's own. */
    public static final int INVALID_NAMESPACE = 8;

    /** A passing condition: the same request may succeed later. */
    public static final int TRY_LATER = 11;

    /** STATUS: ADD cannot be served. */
    public static final int NOT_AVAILABLE = 50;

    /** STATUS: ADD cannot be served, and attached containers may be without connection. */
    public static final int NOT_AVAILABLE_LIMITED = 51;

    /** netd's own: the attachment exists already; DEL must come first. */
    public static final int ALREADY_ATTACHED = 100;

    /** netd's own: somebody else has a host port that was to be published. */
    public static final int PORT_TAKEN = 101;

    /** A failure without a more exact code. */
    public static final int INTERNAL = 999;

    private ErrorCode() {}
}
