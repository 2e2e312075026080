package io.netd.linux.sys;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import jnr.ffi.Memory;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;

/**
 * A classic BPF program (linux/filter.h) as {@code struct sock_fprog}, of which each socket gets one of its own: here, because
 * the structure holds a pointer.
 *
 * @param instructions keeps alive what the bytes point to
 * @param bytes the structure
 */
record BpfProgram(Pointer instructions, byte[] bytes) {
    static final int LOAD_WORD = 0x20;
    static final int LOAD_HALF = 0x28;
    static final int LOAD_BYTE = 0x30;
    static final int AND = 0x54;
    static final int JUMP_IF_EQUAL = 0x15;
    static final int RETURN = 0x06;

    /** What {@link #RETURN} has to say for the socket to get all of a packet; 0 drops it. */
    static final int WHOLE_PACKET = -1;

    private static final int SIZE = 16;
    private static final int POINTER_OFFSET = 8;
    private static final int INSTRUCTION_SIZE = 8;

    /** {@code struct sock_filter}; jumps count the instructions that are passed over. */
    record Instruction(int code, int ifTrue, int ifFalse, int value) {
        static Instruction of(int code, int value) {
            return new Instruction(code, 0, 0, value);
        }

        private void put(Pointer memory, int at) {
            memory.putShort(at, (short) code);
            memory.putByte(at + 2L, (byte) ifTrue);
            memory.putByte(at + 3L, (byte) ifFalse);
            memory.putInt(at + 4L, value);
        }
    }

    static BpfProgram of(List<Instruction> instructions) {
        Pointer memory = Memory.allocateDirect(Runtime.getSystemRuntime(), instructions.size() * INSTRUCTION_SIZE);
        for (int i = 0; i < instructions.size(); i++) {
            instructions.get(i).put(memory, i * INSTRUCTION_SIZE);
        }
        // struct sock_fprog { unsigned short len; struct sock_filter *filter; }
        byte[] bytes = ByteBuffer.allocate(SIZE)
                .order(ByteOrder.nativeOrder())
                .putShort(0, (short) instructions.size())
                .putLong(POINTER_OFFSET, memory.address())
                .array();
        return new BpfProgram(memory, bytes);
    }

    /** Makes it the socket's filter, in place of what was its filter. */
    void attach(int socket) {
        int result = Libc.sockets()
                .setsockopt(socket, Constants.SOL_SOCKET, Constants.SO_ATTACH_FILTER, bytes, bytes.length);
        Libc.check("setsockopt", result, "SO_ATTACH_FILTER");
        Reference.reachabilityFence(instructions);
    }
}
