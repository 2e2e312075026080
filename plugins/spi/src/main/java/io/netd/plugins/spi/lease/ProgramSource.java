package io.netd.plugins.spi.lease;

import io.netd.cni.AttachmentId;
import io.netd.cni.CniException;
import io.netd.cni.Command;
import io.netd.cni.ErrorCode;
import io.netd.cni.NetworkConfig;
import io.netd.cni.Settings;
import io.netd.plugins.spi.AddRequest;
import io.netd.plugins.spi.CheckRequest;
import io.netd.plugins.spi.DelRequest;
import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.SandboxRef;
import io.netd.plugins.spi.Trace;
import io.netd.plugins.spi.program.AddressProgram;
import io.netd.plugins.spi.program.AddressProgramTrace;
import java.util.List;
import java.util.Map;

/**
 * Addresses of somebody else's program, which is called as the specification says of delegated plugins: with the caller's
 * environment and the whole configuration.
 *
 * @param type the program's name
 */
record ProgramSource(String type) implements AddressSource {
    private static final List<String> VALID = List.of("cni.dev/valid-attachments", "cni.dev/attachments");

    /**
     * Of the name that an {@code ipam} object gives.
     *
     * @throws CniException with code 7 when it is no file name
     */
    static ProgramSource of(Settings ipam, String type) {
        if (type.indexOf('/') >= 0 || type.indexOf('\0') >= 0) {
            throw ipam.invalid("type", "a plugin's name holds no path separator");
        }
        return new ProgramSource(type);
    }

    @Override
    public AddressPlan plan(AddRequest request) {
        if (request.path().isEmpty()) {
            throw new CniException(
                    ErrorCode.INVALID_ENVIRONMENT,
                    "required env variables [CNI_PATH] missing: ipam.type \"" + type + "\" is looked up there");
        }
        read(request.config());
        return new ProgramPlan(type, request);
    }

    @Override
    public void read(NetworkConfig config) {
        AddressProgram.requireReadable(config.settings());
    }

    @Override
    public void check(CheckRequest request, Host host) {
        AddressProgram.of(type, host)
                .of(request.attachment(), request.sandbox().path())
                .run(Command.CHECK, request.config().settings(), host);
    }

    @Override
    public List<Trace> findTraces(DelRequest request, Host host) {
        AddressProgram program = AddressProgram.of(type, host).of(request.attachment(), "");
        return List.of(new AddressProgramTrace(
                program,
                request.sandbox().map(SandboxRef::of),
                request.config().settings().toString()));
    }

    @Override
    public void status(NetworkConfig config, Host host) {
        AddressProgram.of(type, host).run(Command.STATUS, config.settings(), host);
    }

    @Override
    public void collect(NetworkConfig config, Host host) {
        List<Map<String, String>> valid =
                config.validAttachments().stream().map(ProgramSource::json).toList();
        Settings settings = config.settings();
        for (String key : VALID) {
            settings = settings.with(key, valid);
        }
        AddressProgram.of(type, host).run(Command.GC, settings, host);
    }

    private static Map<String, String> json(AttachmentId id) {
        return Map.of(
                "containerID", id.containerId().value(), "ifname", id.ifName().value());
    }
}
