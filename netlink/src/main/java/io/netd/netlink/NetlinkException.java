package io.netd.netlink;

import io.netd.linux.sys.Errno;

/** The kernel refused a netlink request, or its answer never came whole. */
public final class NetlinkException extends RuntimeException {
    private final Errno errno;
    private final String request;
    private final String kernelText;

    /**
     * Tells who asked for what and what the kernel said.
     *
     * @param errno the error number of the answer
     * @param request what was asked for, "add veth veth12"
     * @param kernelText the extended acknowledgement's text, empty when the kernel gave none
     */
    public NetlinkException(Errno errno, String request, String kernelText) {
        super(request + ": " + errno + (kernelText.isEmpty() ? "" : " (" + kernelText + ")"));
        this.errno = errno;
        this.request = request;
        this.kernelText = kernelText;
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
