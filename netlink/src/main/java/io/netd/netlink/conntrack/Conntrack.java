package io.netd.netlink.conntrack;

import io.netd.linux.ns.NetworkNamespace;
import io.netd.linux.sys.Errno;
import io.netd.netlink.jna.Answer;
import io.netd.netlink.jna.Failure;
import io.netd.netlink.jna.NetlinkSocket;
import io.netd.netlink.wire.Message;
import io.netd.netlink.wire.MessageWriter;
import io.netd.netlink.wire.Netlink;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Lists and deletes tracked flows of one network namespace, which it keeps alive until closed. Thread-safe. */
public final class Conntrack implements AutoCloseable {
    private static final int CHUNK = 256;
    /** From here on one dump of the table is cheaper. */
    private static final int MOST_WALKS = 16;

    private final NetlinkSocket socket;

    private Conntrack(NetlinkSocket socket) {
        this.socket = socket;
    }

    /**
     * Opens a socket in the calling thread's namespace.
     *
     * @throws io.netd.linux.sys.LinuxException when the kernel refuses
     */
    public static Conntrack open() {
        return new Conntrack(NetlinkSocket.open(Netlink.NETLINK_NETFILTER));
    }

    /** Opens a socket in that namespace, entering it for a moment; platform threads only. */
    public static Conntrack openIn(NetworkNamespace namespace) {
        return namespace.call(Conntrack::open);
    }

    /** The flows that match, IPv4 and IPv6; none when the kernel tracks nothing. */
    public List<Flow> list(Predicate<Flow> filter) {
        MessageWriter writer = new MessageWriter()
                .begin(Ctnetlink.IPCTNL_MSG_CT_GET, Netlink.NLM_F_REQUEST | Netlink.NLM_F_DUMP)
                .bytes(new byte[Ctnetlink.NFGENMSG]);
        Answer<Flow> answer = socket.ask("list tracked flows", writer, message -> decode(message, filter));
        // EINVAL: no such nfnetlink subsystem, so nothing is tracked either.
        boolean isUntracked = answer.failedWith(Errno.EINVAL) || answer.failedWith(Errno.EOPNOTSUPP);
        return isUntracked ? List.of() : answer.orThrow();
    }

    /** Forgets the flows that match one of the patterns; one that ends by itself meanwhile is no error. */
    public void forget(Collection<FlowPattern> patterns) {
        int walks = patterns.stream().mapToInt(FlowPattern::walks).sum();
        if (walks == 0) {
            return;
        }
        boolean isForKernel = walks <= MOST_WALKS && patterns.stream().allMatch(FlowPattern::isForKernel);
        if (!isForKernel || !forgetInKernel(patterns)) {
            deleteEach(list(flow -> patterns.stream().anyMatch(pattern -> pattern.matches(flow))));
        }
    }

    @Override
    public void close() {
        socket.close();
    }

    private static Optional<Flow> decode(Message message, Predicate<Flow> filter) {
        return Flow.decode(message).filter(filter);
    }

    /** Whether the kernel knows how: from Linux 6.11 on. */
    boolean forgetInKernel(Collection<FlowPattern> patterns) {
        MessageWriter writer = new MessageWriter();
        patterns.forEach(pattern -> pattern.writeDelete(writer));
        Answer<Message> answer = socket.send("delete tracked flows", writer);
        if (answer.failedWith(Errno.EINVAL) || answer.failedWith(Errno.EOPNOTSUPP)) {
            return false;
        }
        answer.orThrow();
        return true;
    }

    private void deleteEach(List<Flow> flows) {
        for (int from = 0; from < flows.size(); from += CHUNK) {
            delete(flows.subList(from, Math.min(from + CHUNK, flows.size())));
        }
    }

    private void delete(List<Flow> flows) {
        MessageWriter writer = new MessageWriter();
        flows.forEach(flow -> flow.writeDelete(writer));
        Answer<Message> answer = socket.send("delete tracked flows", writer);
        for (Failure failure : answer.failures()) {
            if (failure.errno() != Errno.ENOENT) {
                throw answer.exception(failure);
            }
        }
    }
}
