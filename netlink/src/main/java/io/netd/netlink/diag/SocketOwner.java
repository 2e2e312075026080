package io.netd.netlink.diag;

/**
 * The process that holds a socket.
 *
 * @param command its name as /proc/PID/comm has it
 */
public record SocketOwner(int pid, String command) {}
