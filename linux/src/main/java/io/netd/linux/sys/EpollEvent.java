package io.netd.linux.sys;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** {@code struct epoll_event}: 32 bits of events and 64 of data, packed together on x86_64 only. */
final class EpollEvent {
    private static final boolean PACKED = "amd64".equals(System.getProperty("os.arch"));
    private static final int DATA_OFFSET = PACKED ? Integer.BYTES : Long.BYTES;
    static final int SIZE = DATA_OFFSET + Long.BYTES;

    private EpollEvent() {}

    static byte[] of(int events, long data) {
        ByteBuffer buffer = ByteBuffer.allocate(SIZE).order(ByteOrder.nativeOrder());
        return buffer.putInt(0, events).putLong(DATA_OFFSET, data).array();
    }

    static long data(byte[] events, int index) {
        return ByteBuffer.wrap(events).order(ByteOrder.nativeOrder()).getLong(index * SIZE + DATA_OFFSET);
    }
}
