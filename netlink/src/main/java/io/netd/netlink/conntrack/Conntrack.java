package io.netd.netlink.conntrack;

import io.netd.address.IpAddress;
import io.netd.address.Protocol;
import io.netd.linux.ns.NetworkNamespace;
import io.netd.linux.sys.Errno;
import io.netd.netlink.jna.Answer;
import io.netd.netlink.jna.Failure;
import io.netd.netlink.jna.NetlinkSocket;
import io.netd.netlink.wire.Message;
import io.netd.netlink.wire.MessageWriter;
import io.netd.netlink.wire.Netlink;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Lists and deletes tracked flows of one network namespace, which it keeps alive until closed. Thread-safe. */
public final class Conntrack implements AutoCloseable {
    private static final int CHUNK = 256;

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

    /**
     * Forgets the flows that match; a flow that ends by itself meanwhile is no error.
     *
     * @return how many were deleted
     */
    public int flush(Predicate<Flow> filter) {
        List<Flow> flows = list(filter);
        int deleted = 0;
        for (int from = 0; from < flows.size(); from += CHUNK) {
            deleted += delete(flows.subList(from, Math.min(from + CHUNK, flows.size())));
        }
        return deleted;
    }

    /** Forgets every flow from or to an address, before or after translation. */
    public int flush(IpAddress address) {
        return flush(flow -> flow.original().touches(address) || flow.reply().touches(address));
    }

    /**
     * Forgets every flow that was sent to a port, as its first packet named it.
     *
     * @param address the address it was sent to; any when empty
     */
    public int flush(Protocol protocol, int port, Optional<IpAddress> address) {
        return flush(flow -> flow.original().protocol() == protocol.number()
                && flow.original().destinationPort() == port
                && address.map(flow.original().destination()::equals).orElse(true));
    }

    @Override
    public void close() {
        socket.close();
    }

    private static Optional<Flow> decode(Message message, Predicate<Flow> filter) {
        return Flow.decode(message).filter(filter);
    }

    private int delete(List<Flow> flows) {
        MessageWriter writer = new MessageWriter();
        flows.forEach(flow -> flow.writeDelete(writer));
        Answer<Message> answer = socket.send("delete tracked flows", writer);
        for (Failure failure : answer.failures()) {
            if (failure.errno() != Errno.ENOENT) {
                throw answer.exception(failure);
            }
        }
        return flows.size() - answer.failures().size();
    }
}
