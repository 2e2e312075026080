package io.netd.linux.sys;

import static io.netd.linux.sys.BpfProgram.JUMP_IF_EQUAL;
import static io.netd.linux.sys.BpfProgram.LOAD_HALF;
import static io.netd.linux.sys.BpfProgram.LOAD_WORD;
import static io.netd.linux.sys.BpfProgram.RETURN;
import static io.netd.linux.sys.BpfProgram.WHOLE_PACKET;

import io.netd.linux.sys.BpfProgram.Instruction;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a netlink socket hears of, by the first message of a datagram: for what it drops its owner is not even woken. Sockets are
 * the numbers of descriptors that stay the caller's own; each method throws a {@link LinuxException} when the kernel refuses.
 */
public final class NetlinkFilter {
    /** Where {@code struct nlmsghdr} has its type. */
    private static final int NLMSG_TYPE = 4;

    /** Where {@code struct nlmsghdr} has the port of the socket that a message is about. */
    private static final int NLMSG_PID = 12;

    /** Where a message has {@code ifi_index} or {@code ifa_index}, behind {@code struct nlmsghdr}. */
    private static final int INDEX = 20;

    /** A jump has one byte for how far it goes, over two instructions for each port. */
    private static final int MOST_PORTS = 100;

    private NetlinkFilter() {}

    /**
     * Drops what is of another type, and what is about something that one of these ports asked for.
     *
     * @throws IllegalArgumentException when there are more than 100 ports
     */
    public static void hearOnly(int socket, int messageType, Set<Integer> butOfPorts) {
        if (butOfPorts.size() > MOST_PORTS) {
            throw new IllegalArgumentException(
                    butOfPorts.size() + " ports: at most " + MOST_PORTS + " can be left out");
        }
        pass(
                socket,
                Stream.concat(
                                Stream.of(new Condition(LOAD_HALF, NLMSG_TYPE, inNetworkOrder(messageType), true)),
                                butOfPorts.stream().map(NetlinkFilter::notOf))
                        .toList());
    }

    /** Drops, on a route socket, what is not about one link or an address on it: both have its index in their second word. */
    public static void hearOnlyOfLink(int socket, int index) {
        pass(socket, List.of(new Condition(LOAD_WORD, INDEX, wordInNetworkOrder(index), true)));
    }

    /** Drops what is about something that one port, most likely that of another socket of its owner's, asked for. */
    public static void hearOnlyOfOthers(int socket, int port) {
        pass(socket, List.of(notOf(port)));
    }

    private static Condition notOf(int port) {
        return new Condition(LOAD_WORD, NLMSG_PID, wordInNetworkOrder(port), false);
    }

    /**
     * What has to be for a message to be heard.
     *
     * @param load how a number is read, which the filter takes for one in the network's order
     * @param offset where
     * @param number which one
     * @param isWanted whether it is to be there, or is not to
     */
    private record Condition(int load, int offset, int number, boolean isWanted) {
        /** With a jump over the rest of the program but its last instruction, unless it is so. */
        Stream<Instruction> instructions(int rest) {
            return Stream.of(
                    Instruction.of(load, offset),
                    new Instruction(JUMP_IF_EQUAL, isWanted ? 0 : rest, isWanted ? rest : 0, number));
        }
    }

    private static void pass(int socket, List<Condition> conditions) {
        List<Instruction> program = new ArrayList<>();
        for (int i = 0; i < conditions.size(); i++) {
            int behind = conditions.size() - i - 1;
            conditions.get(i).instructions(2 * behind + 1).forEach(program::add);
        }
        program.add(Instruction.of(RETURN, WHOLE_PACKET));
        program.add(Instruction.of(RETURN, 0));
        BpfProgram.of(program).attach(socket);
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
}
