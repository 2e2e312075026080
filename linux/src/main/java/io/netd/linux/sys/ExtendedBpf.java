package io.netd.linux.sys;

import io.netd.linux.sys.BpfProgram.Instruction;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * A classic socket filter as the kernel's newer machine runs it (linux/bpf.h, Documentation/bpf/standardization): the accumulator is
 * register 0, and loads from a packet want it in register 6.
 */
final class ExtendedBpf {
    /** Of an instruction: {@code struct bpf_insn}. */
    static final int SIZE = 8;

    private static final int ACCUMULATOR = 0;
    private static final int ARGUMENT = 1;
    private static final int PACKET = 6;

    private static final int LOAD_FROM_CONTEXT = 0x61;
    private static final int MOVE = 0xbf;
    private static final int MOVE_NUMBER = 0xb4;
    private static final int EXIT = 0x95;
    private static final int JUMP_IF_EQUAL = 0x16;
    private static final int JUMP_UNLESS_EQUAL = 0x56;

    /** {@code offsetof(struct __sk_buff, ifindex)}. */
    private static final int LINK_INDEX = 40;

    private final List<Instruction> classic;
    private final ByteBuffer out;

    private ExtendedBpf(List<Instruction> classic) {
        this.classic = classic;
        this.out = ByteBuffer.allocate(SIZE * position(classic.size())).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** In little-endian order. */
    static byte[] of(List<Instruction> classic) {
        return new ExtendedBpf(classic).translated();
    }

    private byte[] translated() {
        put(MOVE, PACKET, ARGUMENT, 0, 0);
        for (int i = 0; i < classic.size(); i++) {
            translate(i, classic.get(i));
        }
        return out.array();
    }

    private void translate(int at, Instruction instruction) {
        int value = instruction.value();
        switch (instruction.code()) {
            case BpfProgram.RETURN -> {
                put(MOVE_NUMBER, ACCUMULATOR, 0, 0, value);
                put(EXIT, 0, 0, 0, 0);
            }
            case BpfProgram.JUMP_IF_EQUAL -> jump(at, instruction);
            case BpfProgram.AND -> put(BpfProgram.AND, ACCUMULATOR, 0, 0, value);
            case BpfProgram.LOAD_WORD, BpfProgram.LOAD_HALF, BpfProgram.LOAD_BYTE -> {
                if (value == SocketFilter.LINK_INDEX) {
                    put(LOAD_FROM_CONTEXT, ACCUMULATOR, PACKET, LINK_INDEX, 0);
                } else {
                    put(instruction.code(), 0, 0, 0, value);
                }
            }
            default -> throw new IllegalArgumentException("no translation of " + instruction);
        }
    }

    /** One of both ways has to lead to the next instruction. */
    private void jump(int at, Instruction jump) {
        if (jump.ifTrue() != 0 && jump.ifFalse() != 0) {
            throw new IllegalArgumentException("no translation of " + jump + ": it jumps both ways");
        }
        int code = jump.ifTrue() == 0 ? JUMP_UNLESS_EQUAL : JUMP_IF_EQUAL;
        int target = at + 1 + jump.ifTrue() + jump.ifFalse();
        put(code, ACCUMULATOR, 0, position(target) - position(at) - 1, jump.value());
    }

    /** Where the translation of an instruction begins: behind the first one, and two for each return. */
    private int position(int index) {
        int returns = (int) classic.stream()
                .limit(index)
                .filter(instruction -> instruction.code() == BpfProgram.RETURN)
                .count();
        return 1 + index + returns;
    }

    private void put(int code, int destination, int source, int offset, int value) {
        out.put((byte) code)
                .put((byte) (source << 4 | destination))
                .putShort((short) offset)
                .putInt(value);
    }
}
