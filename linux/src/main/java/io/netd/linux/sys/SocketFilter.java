package io.netd.linux.sys;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import jnr.ffi.Memory;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;

/** Classic BPF programs of sockets, here because {@code struct sock_fprog} holds a pointer. */
public final class SocketFilter {
    private static final int PROGRAM_SIZE = 16;
    private static final int POINTER_OFFSET = 8;
    private static final int INSTRUCTION_SIZE = 8;
    private static final short RETURN_CONSTANT = 0x06;

    private SocketFilter() {}

    /**
     * Makes a socket drop whatever arrives for it, for good.
     *
     * @throws LinuxException when the kernel refuses
     */
    public static void dropEverything(Fd socket) {
        Pointer instruction = Memory.allocateDirect(Runtime.getSystemRuntime(), INSTRUCTION_SIZE);
        // struct sock_filter { __u16 code; __u8 jt, jf; __u32 k; }: return 0 bytes of the packet.
        instruction.putLong(0, 0);
        instruction.putShort(0, RETURN_CONSTANT);
        // struct sock_fprog { unsigned short len; struct sock_filter *filter; }
        byte[] program = ByteBuffer.allocate(PROGRAM_SIZE)
                .order(ByteOrder.nativeOrder())
                .putShort(0, (short) 1)
                .putLong(POINTER_OFFSET, instruction.address())
                .array();
        set(socket, Constants.SO_ATTACH_FILTER, program);
        Reference.reachabilityFence(instruction);
        set(
                socket,
                Constants.SO_LOCK_FILTER,
                ByteBuffer.allocate(4).order(ByteOrder.nativeOrder()).putInt(1).array());
    }

    private static void set(Fd socket, int option, byte[] value) {
        int result = Libc.sockets().setsockopt(socket.number(), Constants.SOL_SOCKET, option, value, value.length);
        Libc.check("setsockopt", result, "socket option " + option);
    }
}
