package io.netd.linux.sys;

import jnr.ffi.annotations.In;
import jnr.ffi.annotations.Out;

/** Calls about descriptors, files and mounts. Each returns -1 on failure; paths end in a NUL byte. */
public interface FileCalls {
    /** open(2). */
    int open(@In byte[] path, int flags, int mode);

    /** write(2). */
    long write(int fd, @In byte[] bytes, long length);

    /** read(2). */
    long read(int fd, @Out byte[] bytes, long length);

    /** pread(2). */
    long pread(int fd, @Out byte[] bytes, long length, long offset);

    /** ftruncate(2). */
    int ftruncate(int fd, long length);

    /** fsync(2). */
    int fsync(int fd);

    /** fsetxattr(2). */
    int fsetxattr(int fd, @In byte[] name, @In byte[] value, long size, int flags);

    /** statx(2). */
    int statx(int directory, @In byte[] path, int flags, int mask, @Out byte[] facts);

    /** rename(2). */
    int rename(@In byte[] from, @In byte[] to);

    /** link(2). */
    int link(@In byte[] existing, @In byte[] name);

    /** unlink(2). */
    int unlink(@In byte[] path);

    /** close(2). */
    int close(int fd);

    /** fcntl(2). */
    int fcntl(int fd, int command, int argument);

    /** flock(2). */
    int flock(int fd, int operation);

    /** mknod(2). */
    int mknod(@In byte[] path, int mode, long device);

    /** fchown(2). */
    int fchown(int fd, int user, int group);

    /** lchown(2). */
    int lchown(@In byte[] path, int user, int group);
}
