package io.netd.plugins.bandwidth;

import io.netd.cni.Bandwidth;
import io.netd.cni.CniException;
import io.netd.cni.ErrorCode;
import io.netd.cni.NetworkConfig;
import io.netd.cni.Settings;
import io.netd.netlink.route.TokenBucket;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The bandwidth plugin's configuration, keys and meaning as the reference plugin has them.
 *
 * @param ingress what limits the traffic to the container
 * @param egress what limits the traffic from it
 */
record BandwidthConfig(Optional<TokenBucket> ingress, Optional<TokenBucket> egress) {
    private static final int BITS = 8;
    private static final long MAX_BURST = 0xffff_ffffL;
    private static final int LATENCY_MICROS = 25_000;

    /**
     * Reads the configuration. One of its own keys is enough for what the runtime wants to be ignored.
     *
     * @throws CniException with code 7 for a limit that makes no sense
     */
    static BandwidthConfig read(NetworkConfig network) {
        Settings settings = network.settings();
        boolean isOwn = Stream.of("ingressRate", "ingressBurst", "egressRate", "egressBurst")
                .anyMatch(settings::has);
        Optional<Bandwidth> bandwidth = isOwn
                ? Optional.of(Bandwidth.read(settings))
                : network.runtimeConfig().bandwidth();
        return new BandwidthConfig(
                bandwidth.flatMap(limits -> bucket("ingress", limits.ingressRate(), limits.ingressBurst())),
                bandwidth.flatMap(limits -> bucket("egress", limits.egressRate(), limits.egressBurst())));
    }

    /** Whether nothing is limited. */
    boolean isEmpty() {
        return ingress.isEmpty() && egress.isEmpty();
    }

    private static Optional<TokenBucket> bucket(String direction, long rate, long burst) {
        if (rate == 0 && burst == 0) {
            return Optional.empty();
        }
        String rateKey = direction + "Rate " + rate;
        String burstKey = direction + "Burst " + burst;
        require(burst > 0, rateKey, "if rate is set, burst must also be set");
        require(rate > 0, burstKey, "if burst is set, rate must also be set");
        require(burst / BITS < MAX_BURST, burstKey, "burst cannot be more than 4GB");
        require(rate >= BITS, rateKey, "must be at least one byte (8) a second");
        try {
            return Optional.of(TokenBucket.of(rate / BITS, burst / BITS, LATENCY_MICROS));
        } catch (IllegalArgumentException e) {
            throw refused(burstKey, "too small for a rate of " + rate);
        }
    }

    private static void require(boolean isGiven, String value, String fault) {
        if (!isGiven) {
            throw refused(value, fault);
        }
    }

    private static CniException refused(String value, String fault) {
        return new CniException(ErrorCode.INVALID_CONFIG, value + ": " + fault);
    }
}
