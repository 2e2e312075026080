package io.netd.linux.fs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** openat2's {@code struct open_how}: flags, mode and resolve, 64 bits each. */
record OpenHow(long flags, long mode, long resolve) {
    static final int SIZE = 3 * Long.BYTES;

    byte[] bytes() {
        return ByteBuffer.allocate(SIZE)
                .order(ByteOrder.nativeOrder())
                .putLong(flags)
                .putLong(mode)
                .putLong(resolve)
                .array();
    }
}
