package io.netd.linux.sys;

import io.netd.linux.sys.BpfProgram.Instruction;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jnr.ffi.Memory;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;

/**
 * A filter that sockets share, as bpf(2) takes it. Of a {@link BpfProgram} the kernel makes and compiles one for each socket, which
 * costs more than all else about it: it is for where bpf(2) is forbidden.
 */
final class SharedProgram {
    /** {@code __NR_bpf}. */
    private static final Map<String, Integer> SYSTEM_CALL = Map.of("amd64", 321, "aarch64", 280);

    private static final int BPF_PROG_LOAD = 5;
    private static final int BPF_PROG_TYPE_SOCKET_FILTER = 1;
    private static final byte[] LICENSE = "Apache-2.0\0".getBytes(StandardCharsets.US_ASCII);

    /** So much of {@code union bpf_attr} as Linux 4.8 had. */
    private static final int ATTRIBUTES = 48;

    private final BpfProgram alone;
    private final Optional<Fd> shared;

    private SharedProgram(BpfProgram alone, Optional<Fd> shared) {
        this.alone = alone;
        this.shared = shared;
    }

    static SharedProgram of(List<Instruction> instructions) {
        return new SharedProgram(BpfProgram.of(instructions), load(ExtendedBpf.of(instructions)));
    }

    /** Makes it the socket's filter, in place of what was its filter. */
    void attach(Fd socket) {
        if (shared.isEmpty()) {
            alone.attach(socket.number());
            return;
        }
        byte[] program = ByteBuffer.allocate(4)
                .order(ByteOrder.nativeOrder())
                .putInt(shared.get().number())
                .array();
        int result = Libc.sockets()
                .setsockopt(socket.number(), Constants.SOL_SOCKET, Constants.SO_ATTACH_BPF, program, program.length);
        Libc.check("setsockopt", result, "SO_ATTACH_BPF");
    }

    private static Optional<Fd> load(byte[] instructions) {
        Integer call = SYSTEM_CALL.get(System.getProperty("os.arch"));
        if (call == null) {
            return Optional.empty();
        }
        Pointer program = memory(instructions);
        Pointer license = memory(LICENSE);
        Pointer attributes = memory(ByteBuffer.allocate(ATTRIBUTES)
                .order(ByteOrder.nativeOrder())
                .putInt(BPF_PROG_TYPE_SOCKET_FILTER)
                .putInt(instructions.length / ExtendedBpf.SIZE)
                .putLong(program.address())
                .putLong(license.address())
                .array());
        long number = Libc.raw().syscall(call, BPF_PROG_LOAD, attributes.address(), ATTRIBUTES, 0);
        Reference.reachabilityFence(program);
        Reference.reachabilityFence(license);
        Reference.reachabilityFence(attributes);
        return number < 0 ? Optional.empty() : Optional.of(Fd.owning((int) number));
    }

    private static Pointer memory(byte[] bytes) {
        Pointer memory = Memory.allocateDirect(Runtime.getSystemRuntime(), bytes.length);
        memory.put(0, bytes, 0, bytes.length);
        return memory;
    }
}
