package io.netd.daemon.door;

import io.netd.daemon.frame.Call;
import io.netd.netctl.api.Terminal;

/** Whoever carries out command lines. */
@FunctionalInterface
public interface NetctlCalls {
    /** Runs one command to its end on the calling platform thread; its exit code. */
    int run(Call call, Terminal terminal);
}
