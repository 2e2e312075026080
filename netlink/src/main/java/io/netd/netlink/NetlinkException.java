package io.netd.netlink;

import io.netd.linux.sys.Errno;

/** The kernel refused a netlink request, or its answer never came whole. */
public final class NetlinkException extends RuntimeException {
    private final Errno errno;
    private final String request;
    private final String kernelText;
    private final boolean answerLost;

    /**
     * Tells who asked for what and what the kernel said.
     *
     * @param errno the error number of the answer
     * @param request what was asked for, "add veth veth12"
     * @param kernelText the extended acknowledgement's text, empty when the kernel gave none
     */
    public NetlinkException(Errno errno, String request, String kernelText) {
        this(errno, request, kernelText, false);
    }

    private NetlinkException(Errno errno, String request, String kernelText, boolean answerLost) {
        super(request + ": " + errno + (kernelText.isEmpty() ? "" : " (" + kernelText + ")"));
        this.errno = errno;
        this.request = request;
        this.kernelText = kernelText;
        this.answerLost = answerLost;
    }

    /**
     * Tells of a request that the kernel has worked off, and whose answer did not come whole.
     *
     * @param errno what receiving it ended with
     * @param request what was asked for
     * @param text more about it, or empty
     */
    public static NetlinkException lost(Errno errno, String request, String text) {
        return new NetlinkException(errno, request, text, true);
    }

    /** Whether nobody knows what the kernel did: all that was asked, or nothing. */
    public boolean isAnswerLost() {
        return answerLost;
    }

    /** The error number of the answer. */
    public Errno errno() {
        return errno;
    }

    /** What was asked for. */
    public String request() {
        return request;
    }

    /** The kernel's own words, empty when it gave none. */
    public String kernelText() {
        return kernelText;
    }
}
