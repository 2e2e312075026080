package io.netd.linux.sys;

import static io.netd.linux.sys.BpfProgram.AND;
import static io.netd.linux.sys.BpfProgram.JUMP_IF_EQUAL;
import static io.netd.linux.sys.BpfProgram.LOAD_BYTE;
import static io.netd.linux.sys.BpfProgram.LOAD_WORD;
import static io.netd.linux.sys.BpfProgram.RETURN;
import static io.netd.linux.sys.BpfProgram.WHOLE_PACKET;

import io.netd.linux.sys.BpfProgram.Instruction;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Which packets an Internet socket hears of; see packet(7) and linux/filter.h. */
public final class SocketFilter {
    /** Loads from here on are of the packet's link: SKF_AD_OFF + SKF_AD_IFINDEX. */
    static final int LINK_INDEX = -0x1000 + 8;

    /** lo has it in every network namespace (LOOPBACK_IFINDEX). */
    private static final int LOOPBACK_LINK = 1;

    /** Loads from here on are of the IP header: SKF_NET_OFF. */
    private static final int IP_HEADER = -0x100000;

    private static final int IPV6_DESTINATION = IP_HEADER + 24;

    private static final SharedProgram NOTHING = SharedProgram.of(List.of(Instruction.of(RETURN, 0)));

    private static final SharedProgram LOOPBACK_ONLY = SharedProgram.of(List.of(
            Instruction.of(LOAD_WORD, LINK_INDEX),
            new Instruction(JUMP_IF_EQUAL, 0, 12, LOOPBACK_LINK),
            Instruction.of(LOAD_BYTE, IP_HEADER),
            Instruction.of(AND, 0xf0),
            new Instruction(JUMP_IF_EQUAL, 0, 9, 0x60),
            Instruction.of(LOAD_WORD, IPV6_DESTINATION),
            new Instruction(JUMP_IF_EQUAL, 0, 7, 0),
            Instruction.of(LOAD_WORD, IPV6_DESTINATION + 4),
            new Instruction(JUMP_IF_EQUAL, 0, 5, 0),
            Instruction.of(LOAD_WORD, IPV6_DESTINATION + 8),
            new Instruction(JUMP_IF_EQUAL, 0, 3, 0),
            Instruction.of(LOAD_WORD, IPV6_DESTINATION + 12),
            new Instruction(JUMP_IF_EQUAL, 0, 1, 1),
            Instruction.of(RETURN, WHOLE_PACKET),
            Instruction.of(RETURN, 0)));

    private static final byte[] ON =
            ByteBuffer.allocate(4).order(ByteOrder.nativeOrder()).putInt(1).array();

    private SocketFilter() {}

    /**
     * Makes a socket drop whatever arrives for it.
     *
     * @throws LinuxException when the kernel refuses
     */
    public static void dropEverything(Fd socket) {
        NOTHING.attach(socket);
    }

    /**
     * Makes an IPv6 socket drop, for good, whatever does not come over lo and is for ::1. Of a socket for both families it
     * drops all of IPv4, whose header begins with a 4. A connection that the socket accepts has the filter, too.
     *
     * @throws LinuxException when the kernel refuses; EPERM when there was one for good already
     */
    public static void passLoopbackOnly(Fd socket) {
        LOOPBACK_ONLY.attach(socket);
        lock(socket);
    }

    /** Not even its owner can change the filter any more. */
    private static void lock(Fd socket) {
        int result = Libc.sockets()
                .setsockopt(socket.number(), Constants.SOL_SOCKET, Constants.SO_LOCK_FILTER, ON, ON.length);
        Libc.check("setsockopt", result, "SO_LOCK_FILTER");
    }
}
