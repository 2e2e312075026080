package io.netd.linux.sys;

/** Calls that change the calling thread's namespaces or ask about one. Each returns -1 on failure. */
public interface NamespaceCalls {
    int setns(int fd, int type);

    int unshare(int flags);

    int ioctl(int fd, long request);
}
