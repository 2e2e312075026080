package io.netd.portmap;

import io.netd.linux.net.HeldSocket;
import io.netd.linux.ns.NetworkNamespace;
import java.util.Optional;
import java.util.function.Supplier;

/** Reserves ports in one network namespace; the kernel's refusal is a {@code LinuxException}. */
interface PortBinder {
    /** Runs the body in that namespace. */
    <T> T inside(Supplier<T> body);

    /** In this thread's namespace. */
    static PortBinder here() {
        return new PortBinder() {
            @Override
            public <T> T inside(Supplier<T> body) {
                return body.get();
            }
        };
    }

    /** In another namespace. */
    static PortBinder in(NetworkNamespace host) {
        return new PortBinder() {
            @Override
            public <T> T inside(Supplier<T> body) {
                return host.call(body::get);
            }
        };
    }

    /** A bound socket; empty where the kernel has no such protocol, so that nobody else can take the port either. */
    default Optional<HeldSocket> bind(HostSocket socket) {
        return inside(socket::open);
    }

    /** From which ports a free one is chosen, as the namespace is set up just now. */
    default LocalPorts localPorts() {
        return inside(LocalPorts::read);
    }
}
