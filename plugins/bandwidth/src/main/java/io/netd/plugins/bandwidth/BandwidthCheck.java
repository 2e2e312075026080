package io.netd.plugins.bandwidth;

import io.netd.cni.CniException;
import io.netd.cni.ErrorCode;
import io.netd.netlink.route.Link;
import io.netd.netlink.route.Qdisc;
import io.netd.netlink.route.RouteSocket;
import io.netd.netlink.route.TokenBucket;
import io.netd.netlink.route.TrafficControl;
import java.util.Optional;

/** CHECK: the token buckets against the configuration, and whether the container's traffic gets there. */
record BandwidthCheck(BandwidthConfig config, HostEnd end, String ifbName, RouteSocket route) {
    void run() {
        config.ingress().ifPresent(bucket -> compare(end.name(), end.index(), bucket));
        config.egress().ifPresent(this::checkRedirect);
    }

    private void checkRedirect(TokenBucket bucket) {
        Link ifb =
                route.links().byName(ifbName).orElseThrow(() -> failure("get ifb device: " + ifbName + " is missing"));
        if (!ifb.up()) {
            throw failure(ifbName + " is down");
        }
        compare(ifbName, ifb.index(), bucket);
        if (!route.redirects().list(end.index()).contains(ifb.index())) {
            throw failure("what " + end.name() + " receives is not redirected to " + ifbName);
        }
    }

    private void compare(String name, int index, TokenBucket wanted) {
        Optional<TokenBucket> current = route.qdiscs().list(index).stream()
                .filter(qdisc -> qdisc.parent() == TrafficControl.TC_H_ROOT)
                .findFirst()
                .flatMap(Qdisc::bucket);
        if (current.filter(wanted::isShownAs).isEmpty()) {
            String found = current.map(BandwidthCheck::shown).orElse("none");
            throw failure("configured limit of " + name + " is " + shown(wanted) + ", current limit is " + found);
        }
    }

    private static String shown(TokenBucket bucket) {
        return bucket.rate() + " bytes/s, at most " + bucket.limit() + " bytes waiting";
    }

    private static CniException failure(String what) {
        return new CniException(ErrorCode.INTERNAL, "bandwidth: " + what);
    }
}
