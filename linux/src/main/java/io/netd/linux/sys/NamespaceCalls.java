package io.netd.linux.sys;

/** Calls that change the calling thread's namespaces or ask about one. Each returns -1 on failure. */
public interface NamespaceCalls {
    /** setns(2). */
    int setns(int fd, int type);

    /** unshare(2). */
    int unshare(int flags);

    /** ioctl(2). */
    int ioctl(int fd, long request);
}
