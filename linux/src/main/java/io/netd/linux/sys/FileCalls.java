package io.netd.linux.sys;

import jnr.ffi.annotations.In;

/** Calls about descriptors, files and mounts. Each returns -1 on failure; paths end in a NUL byte. */
public interface FileCalls {
    int open(@In byte[] path, int flags, int mode);

    long write(int fd, @In byte[] bytes, long length);

    int close(int fd);

    int fcntl(int fd, int command, int argument);

    int flock(int fd, int operation);

    int mknod(@In byte[] path, int mode, long device);

    int lchown(@In byte[] path, int user, int group);
}
