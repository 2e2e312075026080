package io.netd.plugins.spi.program;

import io.netd.cni.Command;
import io.netd.cni.Settings;
import io.netd.linux.ns.NetworkNamespace;
import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.SandboxRef;
import io.netd.plugins.spi.Trace;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * Addresses that somebody else's program has handed out: taken back by its own DEL, with the environment and the
 * configuration of the ADD.
 *
 * @param program how it was called
 * @param sandbox the container's namespace, unless it was gone
 * @param config the configuration, as JSON
 */
public record AddressProgramTrace(AddressProgram program, Optional<SandboxRef> sandbox, String config)
        implements Trace {
    /** Forgets what of the environment belongs to one call. */
    public AddressProgramTrace {
        program = program.lasting();
    }

    @Override
    public void revert(Host host) {
        Settings settings = Settings.parse(config.getBytes(StandardCharsets.UTF_8));
        Optional<NetworkNamespace> there = sandbox.flatMap(known -> known.open(host));
        try {
            String path = there.isPresent() ? sandbox.orElseThrow().path() : "";
            program.with(Map.of("CNI_NETNS", path)).run(Command.DEL, settings, host);
        } finally {
            there.ifPresent(NetworkNamespace::close);
        }
    }
}
