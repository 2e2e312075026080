package io.netd.linux.sys;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import jnr.ffi.Memory;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;

/** Classic BPF programs of sockets (linux/filter.h), here because {@code struct sock_fprog} holds a pointer. */
public final class SocketFilter {
    private static final int PROGRAM_SIZE = 16;
    private static final int POINTER_OFFSET = 8;
    private static final int INSTRUCTION_SIZE = 8;
    private static final int LOAD_BYTE = 0x30;
    private static final int LOAD_HALF = 0x28;
    private static final int LOAD_WORD = 0x20;
    private static final int AND = 0x54;
    private static final int JUMP_IF_EQUAL = 0x15;
    private static final int RETURN = 0x06;
    private static final int WHOLE_PACKET = -1;

    /** Loads from here on are of the packet's link: SKF_AD_OFF + SKF_AD_IFINDEX. */
    private static final int LINK_INDEX = -0x1000 + 8;

    /** lo has it in every network namespace (LOOPBACK_IFINDEX). */
    private static final int LOOPBACK_LINK = 1;

    /** Loads from here on are of the IP header: SKF_NET_OFF. */
    private static final int IP_HEADER = -0x100000;

    private static final int IPV6_DESTINATION = IP_HEADER + 24;

    /** Where {@code struct nlmsghdr} has its type. */
    private static final int NLMSG_TYPE = 4;

    /** Where {@code struct nlmsghdr} has the port of the socket that a message is about. */
    private static final int NLMSG_PID = 12;

    /** Where a message has {@code ifi_index} or {@code ifa_index}, behind {@code struct nlmsghdr}. */
    private static final int INDEX = 20;

    private SocketFilter() {}

    /** {@code struct sock_filter}. */
    private record Instruction(int code, int ifTrue, int ifFalse, int value) {
        void put(Pointer memory, int at) {
            memory.putShort(at, (short) code);
            memory.putByte(at + 2L, (byte) ifTrue);
            memory.putByte(at + 3L, (byte) ifFalse);
            memory.putInt(at + 4L, value);
        }
    }

    /**
     * Makes a socket drop whatever arrives for it.
     *
     * @throws LinuxException when the kernel refuses
     */
    public static void dropEverything(Fd socket) {
        attach(socket.number(), new Instruction(RETURN, 0, 0, 0));
    }

    /**
     * Makes an IPv6 socket drop, for good, whatever does not come over lo and is for ::1. Of a socket for both families it
     * drops all of IPv4, whose header begins with a 4. A connection that the socket accepts has the filter, too.
     *
     * @throws LinuxException when the kernel refuses; EPERM when there was one for good already
     */
    public static void passLoopbackOnly(Fd socket) {
        attach(
                socket.number(),
                new Instruction(LOAD_WORD, 0, 0, LINK_INDEX),
                new Instruction(JUMP_IF_EQUAL, 0, 12, LOOPBACK_LINK),
                new Instruction(LOAD_BYTE, 0, 0, IP_HEADER),
                new Instruction(AND, 0, 0, 0xf0),
                new Instruction(JUMP_IF_EQUAL, 0, 9, 0x60),
                new Instruction(LOAD_WORD, 0, 0, IPV6_DESTINATION),
                new Instruction(JUMP_IF_EQUAL, 0, 7, 0),
                new Instruction(LOAD_WORD, 0, 0, IPV6_DESTINATION + 4),
                new Instruction(JUMP_IF_EQUAL, 0, 5, 0),
                new Instruction(LOAD_WORD, 0, 0, IPV6_DESTINATION + 8),
                new Instruction(JUMP_IF_EQUAL, 0, 3, 0),
                new Instruction(LOAD_WORD, 0, 0, IPV6_DESTINATION + 12),
                new Instruction(JUMP_IF_EQUAL, 0, 1, 1),
                new Instruction(RETURN, 0, 0, WHOLE_PACKET),
                new Instruction(RETURN, 0, 0, 0));
        lock(socket);
    }

    /** Not even its owner can change the filter any more. */
    private static void lock(Fd socket) {
        set(
                socket.number(),
                Constants.SO_LOCK_FILTER,
                ByteBuffer.allocate(4).order(ByteOrder.nativeOrder()).putInt(1).array());
    }

    /**
     * Makes a netlink socket drop what does not begin with a message of one type: its owner is not even woken for it.
     *
     * @param socket the descriptor's number; it stays the caller's own
     * @throws LinuxException when the kernel refuses
     */
    public static void hearOnly(int socket, int messageType) {
        attach(
                socket,
                new Instruction(LOAD_HALF, 0, 0, NLMSG_TYPE),
                new Instruction(JUMP_IF_EQUAL, 0, 1, inNetworkOrder(messageType)),
                new Instruction(RETURN, 0, 0, WHOLE_PACKET),
                new Instruction(RETURN, 0, 0, 0));
    }

    /**
     * Makes a route netlink socket drop what is not about one link or an address on it: both kinds of messages have the
     * link's index as second word of their header.
     *
     * @param socket the descriptor's number; it stays the caller's own
     * @throws LinuxException when the kernel refuses
     */
    public static void hearOnlyOfLink(int socket, int index) {
        attach(
                socket,
                new Instruction(LOAD_WORD, 0, 0, INDEX),
                new Instruction(JUMP_IF_EQUAL, 0, 1, wordInNetworkOrder(index)),
                new Instruction(RETURN, 0, 0, WHOLE_PACKET),
                new Instruction(RETURN, 0, 0, 0));
    }

    /**
     * Makes a netlink socket drop what begins with a message about what one socket, most likely another of its owner's, asked
     * for.
     *
     * @param socket the descriptor's number; it stays the caller's own
     * @param port the other socket's netlink port
     * @throws LinuxException when the kernel refuses
     */
    public static void hearOnlyOfOthers(int socket, int port) {
        attach(
                socket,
                new Instruction(LOAD_WORD, 0, 0, NLMSG_PID),
                new Instruction(JUMP_IF_EQUAL, 1, 0, wordInNetworkOrder(port)),
                new Instruction(RETURN, 0, 0, WHOLE_PACKET),
                new Instruction(RETURN, 0, 0, 0));
    }

    /** A filter loads numbers as the network writes them, netlink's are the host's. */
    private static int wordInNetworkOrder(int number) {
        return ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN ? number : Integer.reverseBytes(number);
    }

    /** {@link #wordInNetworkOrder} of a half word. */
    private static int inNetworkOrder(int number) {
        boolean isSame = ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN;
        return (isSame ? (short) number : Short.reverseBytes((short) number)) & 0xffff;
    }

    private static void attach(int socket, Instruction... instructions) {
        Pointer memory = Memory.allocateDirect(Runtime.getSystemRuntime(), instructions.length * INSTRUCTION_SIZE);
        for (int i = 0; i < instructions.length; i++) {
            instructions[i].put(memory, i * INSTRUCTION_SIZE);
        }
        // struct sock_fprog { unsigned short len; struct sock_filter *filter; }
        byte[] program = ByteBuffer.allocate(PROGRAM_SIZE)
                .order(ByteOrder.nativeOrder())
                .putShort(0, (short) instructions.length)
                .putLong(POINTER_OFFSET, memory.address())
                .array();
        set(socket, Constants.SO_ATTACH_FILTER, program);
        Reference.reachabilityFence(memory);
    }

    private static void set(int socket, int option, byte[] value) {
        int result = Libc.sockets().setsockopt(socket, Constants.SOL_SOCKET, option, value, value.length);
        Libc.check("setsockopt", result, "socket option " + option);
    }
}
