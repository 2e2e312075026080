package io.netd.linux.sys;

/** Calls about mounts. Each returns -1 on failure; texts end in a NUL byte. */
public interface MountCalls {
    int mount(byte[] source, byte[] target, byte[] type, long flags, byte[] data);

    int umount2(byte[] target, int flags);
}
