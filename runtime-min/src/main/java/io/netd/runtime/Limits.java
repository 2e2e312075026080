package io.netd.runtime;

import java.util.Optional;

/**
 * What a container may use at most; absent means unlimited.
 *
 * @param memoryBytes memory without swap
 * @param memorySwapBytes memory and swap together; absent means twice the memory, as docker does
 * @param nanoCpus processor time, a billion is one whole processor
 * @param pids processes and threads
 */
public record Limits(
        Optional<Long> memoryBytes, Optional<Long> memorySwapBytes, Optional<Long> nanoCpus, Optional<Long> pids) {
    /** No limit at all. */
    public static final Limits NONE =
            new Limits(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** Docker's lower bound of {@code -m}. */
    public static final long LEAST_MEMORY = 6L << 20;

    /** The least the kernel takes as a quota: 1 ms in 100 ms. */
    public static final long LEAST_NANO_CPUS = 10_000_000L;

    /** Refuses what the kernel would refuse, in docker's words. */
    public Limits {
        if (memoryBytes.isPresent() && memoryBytes.get() < LEAST_MEMORY) {
            throw ContainerException.invalid("Minimum memory limit allowed is 6MB");
        }
        if (nanoCpus.isPresent() && nanoCpus.get() < LEAST_NANO_CPUS) {
            throw ContainerException.invalid("range of CPUs is from 0.01 upwards");
        }
        if (memorySwapBytes.isPresent() && memoryBytes.isEmpty()) {
            throw ContainerException.invalid("You should always set the Memory limit when using Memoryswap limit");
        }
        if (memorySwapBytes.isPresent() && memorySwapBytes.get() < memoryBytes.orElse(0L)) {
            throw ContainerException.invalid("Minimum memoryswap limit should be larger than memory limit, see usage");
        }
        if (pids.isPresent() && pids.get() < 1) {
            pids = Optional.empty();
        }
    }
}
