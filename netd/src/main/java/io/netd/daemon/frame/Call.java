package io.netd.daemon.frame;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a client was asked to do, and where it stands.
 *
 * @param name a plugin's type, or {@code netctl}
 * @param environment the variables that matter
 * @param directory its current directory, empty when unknown
 * @param descriptors what it holds open for the daemon
 * @param host its own network namespace, to tell whether its descriptor leads there
 */
public record Call(
        String name,
        List<String> arguments,
        Map<String, String> environment,
        String directory,
        Map<Descriptor.Kind, Descriptor> descriptors,
        TerminalFacts terminal,
        String clientVersion,
        Optional<NamespaceNumbers> host) {
    /** The name under which the client is the command line. */
    public static final String NETCTL = "netctl";

    /** Copies the collections. */
    public Call {
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
        descriptors = Map.copyOf(descriptors);
    }

    /** Whether it is a command line, not a plugin call. */
    public boolean isNetctl() {
        return name.equals(NETCTL);
    }

    /** Reads the body of a CALL frame. */
    public static Call decode(byte[] body) {
        return new CallDecoder().decode(body);
    }

    /** Device and inode of a namespace. */
    public record NamespaceNumbers(long device, long inode) {}
}
