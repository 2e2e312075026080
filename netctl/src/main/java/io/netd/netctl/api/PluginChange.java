package io.netd.netctl.api;

import java.util.Optional;

/**
 * One thing done to a runtime's plugin folder.
 *
 * @param path what it was done to
 * @param action what was done
 * @param kept where the file is that stood there before, while it is kept
 */
public record PluginChange(String path, Action action, Optional<String> kept) {
    /** What was done. */
    public enum Action {
        /** The folder was made. */
        MADE,
        /** netd's plugin stands there now. */
        INSTALLED,
        /** netd's plugin stood there already. */
        UNCHANGED,
        /** What stood there before stands there again. */
        RESTORED,
        /** Nothing stands there, as before. */
        REMOVED,
        /** Somebody has put something else there since. */
        LEFT_ALONE
    }
}
