package io.netd.plugins.spi.program;

import io.netd.cni.AttachmentId;
import io.netd.cni.CniException;
import io.netd.cni.CniResult;
import io.netd.cni.CniVersion;
import io.netd.cni.Command;
import io.netd.cni.ErrorCode;
import io.netd.cni.ResultJson;
import io.netd.cni.Settings;
import io.netd.linux.proc.Program;
import io.netd.linux.proc.ProgramException;
import io.netd.plugins.spi.Host;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Somebody else's address plugin as a call needs it. It runs on the caller's host: in his network namespace, below his
 * root directory, with what of his environment the specification names.
 *
 * @param name its file name, looked up in {@code CNI_PATH}
 * @param environment {@code CNI_*} without the command, {@code PATH}, and the caller's trace
 */
public record AddressProgram(String name, Map<String, String> environment) {
    private static final String PLUGINS = "CNI_PATH";
    private static final List<String> OF_THE_CALL = List.of("TRACEPARENT", "TRACESTATE", "BAGGAGE");
    private static final int MAX_ANSWER = 1 << 20;

    /** Keeps a copy. */
    public AddressProgram {
        environment = Map.copyOf(environment);
    }

    /** With what the host's caller has said. */
    public static AddressProgram of(String name, Host host) {
        return new AddressProgram(
                name,
                host.caller().environment().entrySet().stream()
                        .filter(variable -> isHandedOn(variable.getKey()))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    private static boolean isHandedOn(String variable) {
        return variable.startsWith("CNI_") || variable.equals("PATH") || OF_THE_CALL.contains(variable);
    }

    /** The same for an attachment whose namespace is there; an empty path is one that is gone. */
    public AddressProgram of(AttachmentId id, String namespace) {
        return with(Map.of(
                "CNI_CONTAINERID", id.containerId().value(),
                "CNI_IFNAME", id.ifName().value(),
                "CNI_NETNS", namespace));
    }

    /** The same for calls that come later. */
    AddressProgram lasting() {
        Map<String, String> rest = new HashMap<>(environment);
        OF_THE_CALL.forEach(rest::remove);
        return new AddressProgram(name, rest);
    }

    AddressProgram with(Map<String, String> variables) {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(variables);
        return new AddressProgram(name, all);
    }

    /**
     * Reads what of a configuration is not the program's own business.
     *
     * @throws CniException with code 7 when it is wrong
     */
    public static void requireReadable(Settings config) {
        Patience.of(config, Command.ADD);
    }

    /**
     * Makes sure that the program is there, before anything is done that it would have to take back.
     *
     * @throws CniException code 4 without a {@code CNI_PATH}, 7 when no folder of it holds the program
     */
    public void require(Host host) {
        new ProgramFolders(name, host).find(folders(host));
    }

    /**
     * Has it hand out addresses.
     *
     * @return what it hands out, without the interfaces that an address plugin knows nothing of
     * @throws CniException with the program's own code and words when it refuses; 6 when its answer is none; 11 when it
     *     runs out of time
     */
    public CniResult add(Settings config, CniVersion version, Host host) {
        String answer = run(Command.ADD, config, host);
        try {
            Settings result = Settings.parse(answer.getBytes(StandardCharsets.UTF_8));
            CniVersion own = result.text("cniVersion").map(CniVersion::parse).orElse(version);
            CniResult read = ResultJson.read(result, own);
            return read.withInterfaces(List.of());
        } catch (CniException e) {
            throw new CniException(ErrorCode.DECODING_FAILURE, this + " has answered no result: " + e.getMessage(), e);
        }
    }

    /**
     * Runs it for a command.
     *
     * @return its standard output
     * @throws CniException as {@link #add}
     */
    public String run(Command command, Settings config, Host host) {
        String place = new ProgramFolders(name, host).find(folders(host));
        Program program = Program.of(place)
                .named(this + " " + command)
                .environment(with(Map.of("CNI_COMMAND", command.name())).environment)
                .input(config.toBytes())
                .timeout(Patience.of(config, command))
                .outputLimit(MAX_ANSWER + 1);
        Program bound = host.namespace().entering(host.root().entering(program)).bound();
        Program.Output output = host.waiting(() -> run(bound, command));
        if (!output.err().isEmpty()) {
            host.caller().errors().accept(output.err());
        }
        if (!output.succeeded()) {
            throw new ProgramFailure(output).asException();
        }
        return output.out();
    }

    private static Program.Output run(Program program, Command command) {
        try {
            return program.run();
        } catch (ProgramException e) {
            int code = e.isTimeout() ? ErrorCode.TRY_LATER : ErrorCode.INTERNAL;
            throw new CniException(
                    command == Command.STATUS ? ErrorCode.NOT_AVAILABLE : code, String.valueOf(e.getMessage()), e);
        }
    }

    /** Where it was when the addresses were given; by now the caller may look elsewhere. */
    private List<String> folders(Host host) {
        return Stream.of(environment, host.caller().environment())
                .map(variables -> variables.getOrDefault(PLUGINS, ""))
                .flatMap(path -> Arrays.stream(path.split(":")))
                .filter(folder -> folder.startsWith("/"))
                .distinct()
                .toList();
    }

    /** As messages name it. */
    @Override
    public String toString() {
        return "ipam.type \"" + name + "\"";
    }
}
