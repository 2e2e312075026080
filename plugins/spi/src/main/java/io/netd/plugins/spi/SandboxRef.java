package io.netd.plugins.spi;

import io.netd.linux.ns.NetworkNamespace;
import io.netd.linux.sys.Errno;
import io.netd.linux.sys.LinuxException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * A container's namespace as a trace remembers it: something that was changed inside can be taken back while it lives.
 *
 * @param path where it was found, as the caller wrote it
 * @param cookie tells it from another one that came to the same path
 */
public record SandboxRef(String path, long cookie) {
    /** These say that netd lacks something, and nothing of the namespace. */
    private static final Set<Errno> OURS = Set.of(Errno.EMFILE, Errno.ENFILE, Errno.ENOMEM);

    /** Remembers an open one. */
    public static SandboxRef of(Sandbox sandbox) {
        return new SandboxRef(sandbox.path(), sandbox.namespace().cookie());
    }

    /** Opens it again, for the caller to close; empty when it is no longer there. Fails when netd has no file left to open it. */
    public Optional<NetworkNamespace> open(Host host) {
        Path place = Path.of(path);
        if (!place.isAbsolute()) {
            return Optional.empty();
        }
        try {
            NetworkNamespace found = NetworkNamespace.open(file(host, place));
            if (found.cookie() == cookie) {
                return Optional.of(found);
            }
            found.close();
            return Optional.empty();
        } catch (LinuxException e) {
            if (OURS.contains(e.errno())) {
                throw e;
            }
            // Whatever else stands in the way, a runtime that let the namespace go says the same.
            return Optional.empty();
        }
    }

    /** A namespace is a file, and the host finds folders. */
    private static Path file(Host host, Path place) {
        Path folder = Optional.ofNullable(place.getParent()).orElse(place);
        return host.path(folder).resolve(folder.relativize(place));
    }
}
