package io.netd.daemon.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netd.portmap.ExposedPort;
import io.netd.runtime.ImageConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Dockerfile instructions of {@code import --change}: CMD, ENTRYPOINT, ENV, EXPOSE, USER and WORKDIR. */
final class ImageChanges {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private List<String> entrypoint = List.of();
    private List<String> command = List.of();
    private final List<String> environment = new ArrayList<>();
    private Optional<String> workingDirectory = Optional.empty();
    private Optional<String> user = Optional.empty();
    private final List<String> exposedPorts = new ArrayList<>();

    private ImageChanges() {}

    /**
     * What the instructions, applied in order, say of an image.
     *
     * @throws IllegalArgumentException naming an instruction that is unknown or makes no sense
     */
    static ImageConfig of(List<String> instructions) {
        ImageChanges changes = new ImageChanges();
        instructions.forEach(changes::apply);
        return new ImageConfig(
                changes.entrypoint,
                changes.command,
                changes.environment,
                changes.workingDirectory,
                changes.user,
                changes.exposedPorts);
    }

    private void apply(String instruction) {
        String[] words = instruction.strip().split("\\s+", 2);
        String name = words[0].toUpperCase(Locale.ROOT);
        String value = words.length < 2 ? "" : words[1];
        if (value.isEmpty()) {
            throw new IllegalArgumentException(name + " requires at least one argument");
        }
        switch (name) {
            case "CMD" -> command = program(value);
            case "ENTRYPOINT" -> entrypoint = program(value);
            case "ENV" -> environment.addAll(variables(value));
            case "EXPOSE" -> expose(value);
            case "USER" -> user = Optional.of(value);
            case "WORKDIR" -> workingDirectory = Optional.of(value);
            default ->
                throw new IllegalArgumentException(name.toLowerCase(Locale.ROOT) + " is not a valid change command");
        }
    }

    /** A JSON array is the program itself; anything else is for the shell. */
    private static List<String> program(String value) {
        if (value.startsWith("[")) {
            try {
                return MAPPER.readValue(value, new TypeReference<List<String>>() {});
            } catch (JsonProcessingException e) {
                // As in a Dockerfile.
                return shell(value);
            }
        }
        return shell(value);
    }

    private static List<String> shell(String value) {
        return List.of("/bin/sh", "-c", value);
    }

    /** {@code KEY=VALUE ...}, or the old {@code KEY VALUE}. */
    private static List<String> variables(String value) {
        String[] words = value.split("\\s+");
        if (!words[0].contains("=")) {
            String[] pair = value.split("\\s+", 2);
            if (pair.length < 2) {
                throw new IllegalArgumentException("ENV must have two arguments");
            }
            return List.of(pair[0] + "=" + pair[1]);
        }
        for (String word : words) {
            if (word.indexOf('=') < 1) {
                throw new IllegalArgumentException("invalid environment variable: " + word);
            }
        }
        return List.of(words);
    }

    private void expose(String value) {
        for (String word : value.split("\\s+")) {
            ExposedPort.parse(word);
            exposedPorts.add(word);
        }
    }
}
