package io.netd.linux.sys;

import jnr.ffi.annotations.In;

/** Calls about mounts. Each returns -1 on failure; texts end in a NUL byte. */
public interface MountCalls {
    /** mount(2). */
    int mount(@In byte[] source, @In byte[] target, @In byte[] type, long flags, @In byte[] data);

    /** umount2(2). */
    int umount2(@In byte[] target, int flags);
}
