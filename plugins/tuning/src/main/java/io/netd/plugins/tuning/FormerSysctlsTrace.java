package io.netd.plugins.tuning;

import io.netd.linux.ns.NetworkNamespace;
import io.netd.linux.sys.Errno;
import io.netd.linux.sys.LinuxException;
import io.netd.linux.sysctl.Sysctl;
import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.SandboxRef;
import io.netd.plugins.spi.Trace;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Parameters of a container's namespace, which stay as they were set until the namespace goes, as with the reference
 * plugin; only an ADD that fails gives back what they were.
 *
 * @param values the former values by their paths below /proc/sys
 */
public record FormerSysctlsTrace(SandboxRef sandbox, Map<String, String> values) implements Trace {
    /** Keeps a copy. */
    public FormerSysctlsTrace {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    @Override
    public void revert(Host host) {
        Optional<NetworkNamespace> found = sandbox.open(host);
        if (found.isPresent()) {
            try (NetworkNamespace namespace = found.get()) {
                namespace.run(this::restore);
            }
        }
    }

    @Override
    public boolean isShared() {
        return true;
    }

    private void restore() {
        List<LinuxException> failures = new ArrayList<>();
        values.forEach((path, value) -> {
            try {
                Sysctl.write(path, value);
            } catch (LinuxException e) {
                // An interface that is gone took its parameters along.
                if (e.errno() != Errno.ENOENT) {
                    failures.add(e);
                }
            }
        });
        if (!failures.isEmpty()) {
            LinuxException first = failures.get(0);
            failures.stream().skip(1).forEach(first::addSuppressed);
            throw first;
        }
    }
}
