package io.netd.netlink.wire;

/** Bytes that are no netlink message: a length outside its container, or a value of the wrong size. */
public final class MalformedMessageException extends RuntimeException {
    /** Says what is wrong, with the offending number. */
    public MalformedMessageException(String message) {
        super(message);
    }
}
