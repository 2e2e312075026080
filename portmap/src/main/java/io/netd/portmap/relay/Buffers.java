package io.netd.portmap.relay;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/** Direct buffers that are lent: a flow has one only while somebody does not take what it carries. On the relay's thread. */
final class Buffers {
    private static final int SIZE = 1 << 15;
    private static final int KEPT = 16;

    private final Deque<ByteBuffer> free = new ArrayDeque<>();

    /** An empty one. */
    ByteBuffer take() {
        return free.isEmpty() ? ByteBuffer.allocateDirect(SIZE) : free.pop().clear();
    }

    /** Takes one back, whatever is in it. */
    void give(ByteBuffer buffer) {
        if (free.size() < KEPT) {
            free.push(buffer);
        }
    }
}
