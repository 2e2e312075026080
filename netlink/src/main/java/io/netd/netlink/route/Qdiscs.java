package io.netd.netlink.route;

import io.netd.linux.sys.Errno;
import io.netd.netlink.jna.Answer;
import io.netd.netlink.jna.NetlinkSocket;
import io.netd.netlink.wire.Message;
import io.netd.netlink.wire.MessageWriter;
import java.util.List;

/** Queueing disciplines of one namespace's links. Unexpected refusals are a {@code NetlinkException} with the kernel's text. */
public final class Qdiscs {
    private final NetlinkSocket socket;

    Qdiscs(NetlinkSocket socket) {
        this.socket = socket;
    }

    /**
     * Lets what a link sends pass through a token bucket: {@code root handle 1: tbf}.
     *
     * @throws io.netd.netlink.NetlinkException EEXIST when somebody gave it another qdisc, EINVAL for a bucket that the
     *     kernel finds too small
     */
    public void addTokenBucket(int index, TokenBucket bucket) {
        socket.execute("add tbf to link " + index, QdiscCodec.addTokenBucket(new MessageWriter(), index, bucket));
    }

    /**
     * Makes a link a place for filters of what it receives.
     *
     * @throws io.netd.netlink.NetlinkException EEXIST when it is one already
     */
    public void addIngress(int index) {
        socket.execute("add ingress qdisc to link " + index, QdiscCodec.addIngress(new MessageWriter(), index));
    }

    /** Takes away what {@link #addTokenBucket} put there; false when it, the link or the bucket's handle has gone. */
    public boolean removeTokenBucket(int index) {
        return remove(index, TrafficControl.FIRST_HANDLE, TrafficControl.TC_H_ROOT);
    }

    /** Takes the place for filters away, and the filters with it; false when it, or the link, has gone. */
    public boolean removeIngress(int index) {
        return remove(index, TrafficControl.INGRESS_HANDLE, TrafficControl.TC_H_INGRESS);
    }

    /** Those of a link, the kernel's own choice included. */
    public List<Qdisc> list(int index) {
        return socket.ask("list qdiscs", QdiscCodec.list(new MessageWriter()), QdiscCodec::decode).orThrow().stream()
                .filter(qdisc -> qdisc.index() == index)
                .toList();
    }

    private boolean remove(int index, int handle, int parent) {
        MessageWriter writer = QdiscCodec.remove(new MessageWriter(), index, handle, parent);
        Answer<Message> answer = socket.send("remove qdisc of link " + index, writer);
        // EINVAL says that one with another handle stands there.
        boolean isGone = answer.failedWith(Errno.ENODEV) || answer.failedWith(Errno.EINVAL);
        return !isGone && answer.unless(Errno.ENOENT);
    }
}
