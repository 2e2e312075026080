package io.netd.netlink.route;

import static io.netd.netlink.route.IfLink.IFLA_GROUP;

import io.netd.linux.sys.Errno;
import io.netd.netlink.jna.Answer;
import io.netd.netlink.jna.Failure;
import io.netd.netlink.jna.NetlinkSocket;
import io.netd.netlink.wire.Message;
import io.netd.netlink.wire.MessageWriter;
import io.netd.netlink.wire.Netlink;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

/**
 * Deletes links. The kernel waits about 20 ms for each RTM_DELLINK, however many links it names, so several links are put into a
 * device group of their own and the group is deleted.
 */
final class LinkDeletion {
    private static final int ACKED = Netlink.NLM_F_REQUEST | Netlink.NLM_F_ACK;

    private LinkDeletion() {}

    static boolean one(NetlinkSocket socket, int index) {
        MessageWriter writer = new MessageWriter().begin(Rtnetlink.RTM_DELLINK, ACKED);
        LinkCodec.header(writer, index, 0, 0);
        return socket.send("delete link " + index, writer).unless(Errno.ENODEV);
    }

    static void together(NetlinkSocket socket, Collection<Integer> indexes) {
        if (indexes.size() == 1) {
            one(socket, indexes.iterator().next());
        } else if (!indexes.isEmpty()) {
            int group = unusedGroup(socket);
            gather(socket, indexes, group);
            MessageWriter writer = new MessageWriter().begin(Rtnetlink.RTM_DELLINK, ACKED);
            LinkCodec.header(writer, 0, 0, 0).u32(IFLA_GROUP, group);
            socket.send("delete " + indexes.size() + " links", writer).unless(Errno.ENODEV);
        }
    }

    private static void gather(NetlinkSocket socket, Collection<Integer> indexes, int group) {
        MessageWriter writer = new MessageWriter();
        for (int index : indexes) {
            LinkCodec.change(writer, index, 0, 0).u32(IFLA_GROUP, group);
        }
        Answer<Message> answer = socket.send("group " + indexes.size() + " links for deletion", writer);
        Optional<Failure> unexpected = answer.failures().stream()
                .filter(failure -> failure.errno() != Errno.ENODEV)
                .findFirst();
        if (unexpected.isPresent()) {
            throw answer.exception(unexpected.get());
        }
    }

    private static int unusedGroup(NetlinkSocket socket) {
        Set<Integer> used =
                socket.ask("list links", LinkCodec.list(new MessageWriter()), LinkCodec::decode).orThrow().stream()
                        .map(Link::group)
                        .collect(Collectors.toSet());
        int group;
        do {
            group = ThreadLocalRandom.current().nextInt(1 << 16, Integer.MAX_VALUE);
        } while (used.contains(group));
        return group;
    }
}
