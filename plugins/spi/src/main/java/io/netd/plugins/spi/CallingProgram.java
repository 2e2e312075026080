package io.netd.plugins.spi;

import java.util.Map;
import java.util.function.Consumer;

/**
 * Who has called the plugin, for programs that run on his behalf.
 *
 * @param environment what of his environment came along
 * @param errors told what such a program writes on its standard error, for the caller's; any thread
 */
public record CallingProgram(Map<String, String> environment, Consumer<String> errors) {
    /** Nobody: netd acts by itself. */
    public static final CallingProgram NOBODY = new CallingProgram(Map.of(), text -> {});

    /** Keeps a copy. */
    public CallingProgram {
        environment = Map.copyOf(environment);
    }
}
