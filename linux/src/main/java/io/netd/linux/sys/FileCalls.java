package io.netd.linux.sys;

/** Calls about descriptors, files and mounts. Each returns -1 on failure; paths end in a NUL byte. */
public interface FileCalls {
    int open(byte[] path, int flags, int mode);

    int close(int fd);

    int fcntl(int fd, int command, int argument);

    int flock(int fd, int operation);

    int mknod(byte[] path, int mode, long device);

    int lchown(byte[] path, int user, int group);
}
