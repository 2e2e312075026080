package io.netd.netctl.command;

/** One command with its parsed options. Made anew for each command line. */
public interface NetctlCommand {
    /**
     * Does the work.
     *
     * @return the exit code
     */
    int run(Session session);

    /** Whether options end at the first argument, because what follows belongs to another program. */
    default boolean stopsAtFirstArgument() {
        return false;
    }

    /** The exit code of a refusal by the daemon. */
    default int failureCode() {
        return 1;
    }
}
