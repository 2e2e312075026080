package io.netd.linux.sys;

/** A system call failed; the message reads {@code call argument: text (NAME)}. */
public final class LinuxException extends RuntimeException {
    private final Errno errno;

    /** The call's name, what the kernel answered, and what the call was about, such as a path. */
    public LinuxException(String call, Errno errno, String argument) {
        super(call + (argument.isEmpty() ? "" : " " + argument) + ": " + errno.text() + " (" + errno + ")");
        this.errno = errno;
    }

    /** What the kernel answered. */
    public Errno errno() {
        return errno;
    }
}
