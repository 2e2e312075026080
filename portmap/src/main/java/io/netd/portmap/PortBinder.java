package io.netd.portmap;

import io.netd.address.IpAddress;
import io.netd.address.Protocol;
import io.netd.linux.net.HeldSocket;

/** Binds a port in one network namespace; the kernel's refusal is a {@code LinuxException}. */
@FunctionalInterface
interface PortBinder {
    /** A bound socket; port 0 lets the kernel choose. */
    HeldSocket bind(Protocol protocol, IpAddress address, int port);
}
