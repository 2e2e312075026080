package io.netd.linux.sys;

import static io.netd.linux.sys.BpfProgram.AND;
import static io.netd.linux.sys.BpfProgram.JUMP_IF_EQUAL;
import static io.netd.linux.sys.BpfProgram.LOAD_BYTE;
import static io.netd.linux.sys.BpfProgram.LOAD_WORD;
import static io.netd.linux.sys.BpfProgram.RETURN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netd.linux.sys.BpfProgram.Instruction;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Against the encoding of linux/bpf.h, by hand. */
class ExtendedBpfTest {
    @Test
    void everyInstructionIsTranslatedAndJumpsGoOverReturns() {
        byte[] translated = ExtendedBpf.of(List.of(
                Instruction.of(LOAD_WORD, SocketFilter.LINK_INDEX),
                new Instruction(JUMP_IF_EQUAL, 0, 1, 1),
                Instruction.of(RETURN, -1),
                Instruction.of(LOAD_BYTE, -0x100000),
                Instruction.of(AND, 0xf0),
                new Instruction(JUMP_IF_EQUAL, 1, 0, 0x60),
                Instruction.of(RETURN, 0),
                Instruction.of(RETURN, 5)));

        assertThat(lines(translated))
                .containsExactly(
                        "bf16000000000000",
                        "6160280000000000",
                        "5600020001000000",
                        "b4000000ffffffff",
                        "9500000000000000",
                        "300000000000f0ff",
                        "54000000f0000000",
                        "1600020060000000",
                        "b400000000000000",
                        "9500000000000000",
                        "b400000005000000",
                        "9500000000000000");
    }

    @Test
    void whatNoFilterOfNetdHasIsRefused() {
        List<Instruction> unknown = List.of(Instruction.of(0x87, 0));

        assertThatThrownBy(() -> ExtendedBpf.of(unknown)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aJumpBothWaysIsRefused() {
        List<Instruction> both = List.of(
                new Instruction(JUMP_IF_EQUAL, 1, 2, 0),
                Instruction.of(RETURN, 0),
                Instruction.of(RETURN, 1),
                Instruction.of(RETURN, 2));

        assertThatThrownBy(() -> ExtendedBpf.of(both)).isInstanceOf(IllegalArgumentException.class);
    }

    private static List<String> lines(byte[] bytes) {
        return List.of(HexFormat.of().formatHex(bytes).split("(?<=\\G.{16})"));
    }
}
