package io.netd.engine;

import io.netd.engine.network.BridgeSettings;
import java.nio.file.Path;

/**
 * What an engine is told.
 *
 * @param execRoot state that lives as long as the kernel's, such as {@code /run/netd}
 * @param dataRoot state that lives on, such as {@code /var/lib/netd}
 * @param bridge the default network
 * @param workers how many kernel workers may run at a time
 */
public record EngineSettings(Path execRoot, Path dataRoot, BridgeSettings bridge, int workers) {
    /** Where state is kept unless told otherwise. */
    public static final Path DEFAULT_EXEC_ROOT = Path.of("/run/netd");

    private static final int MIN_WORKERS = 8;

    /** With as many workers as suit this machine: most of their time they wait for the kernel. */
    public static EngineSettings of(Path execRoot, Path dataRoot, BridgeSettings bridge) {
        int workers = Math.max(MIN_WORKERS, 2 * Runtime.getRuntime().availableProcessors());
        return new EngineSettings(execRoot, dataRoot, bridge, workers);
    }
}
