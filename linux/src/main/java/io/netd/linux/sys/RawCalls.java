package io.netd.linux.sys;

import jnr.ffi.annotations.In;

/** {@code syscall(2)}, for calls without a function in the oldest C library netd runs on. Returns -1 on failure. */
public interface RawCalls {
    /** syscall(2). */
    long syscall(long number, long first, long second, long third, long fourth);

    /** syscall(2). */
    long syscall(long number, long first, @In byte[] second, @In byte[] third, long fourth);
}
