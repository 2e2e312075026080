package io.netd.netlink.route;

import java.util.Optional;

/**
 * A queueing discipline of a link.
 *
 * @param index the link
 * @param kind "tbf", "ingress", "noqueue", ...
 * @param handle its number, which users choose in the upper 16 bits; 0 for one that the kernel chose itself
 * @param parent {@code TC_H_ROOT}, {@code TC_H_INGRESS}, or a class of another one
 * @param bucket of a token bucket filter
 */
public record Qdisc(int index, String kind, int handle, int parent, Optional<TokenBucket> bucket) {
    private static final int MAJOR = 16;

    /** Kind and handle as {@code tc} writes them. */
    @Override
    public String toString() {
        return kind + " " + Integer.toHexString(handle >>> MAJOR) + ":";
    }
}
