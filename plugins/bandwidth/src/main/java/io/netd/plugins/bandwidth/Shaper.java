package io.netd.plugins.bandwidth;

import io.netd.cni.CniException;
import io.netd.cni.CniInterface;
import io.netd.cni.CniResult;
import io.netd.cni.ErrorCode;
import io.netd.netlink.route.Qdisc;
import io.netd.netlink.route.RouteSocket;
import io.netd.netlink.route.TokenBucket;
import io.netd.netlink.route.TrafficControl;
import io.netd.plugins.spi.AddPlan;
import io.netd.plugins.spi.AddRequest;
import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.Trace;
import io.netd.plugins.spi.Traces;
import java.util.ArrayList;
import java.util.List;

/** ADD: a token bucket before the container, and one behind it on a device of its own. */
record Shaper(AddRequest request, BandwidthConfig config, CniResult previous, Ifb ifb) implements AddPlan {
    @Override
    public CniResult apply(Host host, Traces traces) {
        HostEnd end = HostEnd.find(previous, request.sandbox(), request.ifName(), host);
        requireFree(end, host.route());
        CniResult outcome = outcome();
        traces.leave(traces(end), outcome);
        config.ingress().ifPresent(bucket -> host.route().qdiscs().addTokenBucket(end.index(), bucket));
        config.egress().ifPresent(bucket -> redirect(end, bucket, host));
        return outcome;
    }

    /** Reverted from the end: what is redirected to a device that is gone is lost. */
    private List<Trace> traces(HostEnd end) {
        List<Trace> traces = new ArrayList<>();
        config.egress().ifPresent(bucket -> traces.add(ifb.trace()));
        traces.add(new ShapeTrace(
                end.name(),
                end.mac(),
                config.ingress().isPresent(),
                config.egress().isPresent()));
        return traces;
    }

    private CniResult outcome() {
        if (config.egress().isEmpty()) {
            return previous;
        }
        List<CniInterface> interfaces = new ArrayList<>(previous.interfaces());
        interfaces.add(ifb.described());
        return previous.withInterfaces(interfaces);
    }

    /** The bucket comes first, so that nothing passes beside it. */
    private void redirect(HostEnd end, TokenBucket bucket, Host host) {
        RouteSocket route = host.route();
        int index = ifb.make(host, end.mtu());
        route.qdiscs().addTokenBucket(index, bucket);
        route.qdiscs().addIngress(end.index());
        route.redirects().add(end.index(), index);
    }

    /** What somebody else put there would be in the way, and a failure would take it along. */
    private void requireFree(HostEnd end, RouteSocket route) {
        route.qdiscs().list(end.index()).stream()
                .filter(this::isInTheWay)
                .findFirst()
                .ifPresent(qdisc -> {
                    throw new CniException(
                            ErrorCode.INTERNAL,
                            "bandwidth: " + end.name() + " is shaped already: it has qdisc " + qdisc);
                });
    }

    private boolean isInTheWay(Qdisc qdisc) {
        boolean isRoot = qdisc.parent() == TrafficControl.TC_H_ROOT && qdisc.handle() != 0;
        boolean isIngress = qdisc.parent() == TrafficControl.TC_H_INGRESS;
        return isRoot && config.ingress().isPresent()
                || isIngress && config.egress().isPresent();
    }
}
