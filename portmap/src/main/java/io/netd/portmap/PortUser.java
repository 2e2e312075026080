package io.netd.portmap;

/**
 * A process with a bound socket.
 *
 * @param command its name as /proc/PID/comm has it
 */
public record PortUser(int pid, String command) {
    /** {@code nginx (pid 4711)} */
    @Override
    public String toString() {
        return command + " (pid " + pid + ")";
    }
}
