package io.netd.linux.sys;

import jnr.ffi.annotations.In;

/** Calls about descriptors, files and mounts. Each returns -1 on failure; paths end in a NUL byte. */
public interface FileCalls {
    /** open(2). */
    int open(@In byte[] path, int flags, int mode);

    /** write(2). */
    long write(int fd, @In byte[] bytes, long length);

    /** close(2). */
    int close(int fd);

    /** fcntl(2). */
    int fcntl(int fd, int command, int argument);

    /** flock(2). */
    int flock(int fd, int operation);

    /** mknod(2). */
    int mknod(@In byte[] path, int mode, long device);

    /** lchown(2). */
    int lchown(@In byte[] path, int user, int group);
}
