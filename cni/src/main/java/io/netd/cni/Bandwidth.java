package io.netd.cni;

/** Limits in bits per second and bits; 0 is no limit. */
public record Bandwidth(long ingressRate, long ingressBurst, long egressRate, long egressBurst) {
    /** Reads the four keys; an absent one is 0. */
    public static Bandwidth read(Settings bandwidth) {
        return new Bandwidth(
                number(bandwidth, "ingressRate"),
                number(bandwidth, "ingressBurst"),
                number(bandwidth, "egressRate"),
                number(bandwidth, "egressBurst"));
    }

    private static long number(Settings bandwidth, String key) {
        return bandwidth.longInteger(key, 0, Long.MAX_VALUE).orElse(0);
    }
}
