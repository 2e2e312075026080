package io.netd.daemon.frame;

/**
 * Something the client opened, or could not open.
 *
 * @param number the descriptor's number in the client, or minus the errno
 */
public record Descriptor(int number) {
    /** Whether the client could not open it. */
    public boolean isError() {
        return number < 0;
    }

    /** The errno, when it could not be opened. */
    public int errno() {
        return -number;
    }

    /** What a descriptor leads to. */
    public enum Kind {
        /** The namespace that CNI_NETNS names. */
        CONTAINER,
        /** The client's own network namespace. */
        HOST,
        /** The client's root directory. */
        ROOT
    }
}
