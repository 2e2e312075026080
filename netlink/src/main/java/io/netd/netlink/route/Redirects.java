package io.netd.netlink.route;

import io.netd.linux.sys.Errno;
import io.netd.netlink.jna.Answer;
import io.netd.netlink.jna.NetlinkSocket;
import io.netd.netlink.wire.MessageWriter;
import java.util.List;

/** Filters of one namespace that hand whatever one link receives over to another, to send or to receive it. They go with its ingress qdisc. */
public final class Redirects {
    private final NetlinkSocket socket;

    Redirects(NetlinkSocket socket) {
        this.socket = socket;
    }

    /**
     * Redirects all that a link receives.
     *
     * @param index the link, which has an ingress qdisc
     * @param target index of the link to send it through
     * @throws io.netd.netlink.NetlinkException EINVAL without an ingress qdisc, ENODEV without such a link
     */
    public void add(int index, int target) {
        socket.execute(
                "redirect link " + index + " to link " + target,
                RedirectCodec.add(new MessageWriter(), index, target, TrafficControl.TCA_EGRESS_REDIR));
    }

    /**
     * Has whatever one link receives received by another.
     *
     * @param index the link, which has an ingress qdisc
     * @param target index of the link that is to receive it
     * @throws io.netd.netlink.NetlinkException EINVAL without an ingress qdisc, ENODEV without such a link
     */
    public void addIngress(int index, int target) {
        socket.execute(
                "let link " + target + " receive what link " + index + " does",
                RedirectCodec.add(new MessageWriter(), index, target, TrafficControl.TCA_INGRESS_REDIR));
    }

    /** Indexes of the links that a link's filters redirect to; none when it has no ingress qdisc, or is gone. */
    public List<Integer> list(int index) {
        Answer<Integer> answer =
                socket.ask("list filters", RedirectCodec.list(new MessageWriter(), index), RedirectCodec::decode);
        boolean isNone = answer.failedWith(Errno.EINVAL) || answer.failedWith(Errno.ENODEV);
        return isNone ? List.of() : answer.orThrow();
    }
}
