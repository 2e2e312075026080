package io.netd.netctl;

import io.netd.netctl.api.Netd;
import java.util.List;
import java.util.Map;

/** Runs one command line. Stateless; called on the command's own platform thread, which may block. */
public final class NetctlMain {
    private NetctlMain() {}

    /**
     * Runs one command line without the leading program name.
     *
     * @return the exit code, as docker's
     */
    public static int run(List<String> arguments, Map<String, String> environment, Terminal terminal, Netd netd) {
        return 0;
    }
}
