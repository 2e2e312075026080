package io.netd.runtime.container;

import io.netd.linux.fs.FileFailure;
import io.netd.runtime.ContainerException;
import io.netd.runtime.ContainerSpec;
import io.netd.runtime.ImageConfig;
import io.netd.runtime.ImageView;
import io.netd.runtime.NetworkMode;
import io.netd.runtime.ProcessSpec;
import io.netd.runtime.image.ImageStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** From what was asked for to a whole container record: names, command, environment and host name settled. */
final class Creation {
    private static final String DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    private static final int ID_BYTES = 32;
    private static final int SHORT_ID = 12;
    /** HOST_NAME_MAX. */
    private static final int LONGEST_HOSTNAME = 64;

    private static final double NANOS = 1e9;

    private final ImageStore images;
    private final Roster roster;
    private final SecureRandom random = new SecureRandom();

    Creation(ImageStore images, Roster roster) {
        this.images = images;
        this.roster = roster;
    }

    /** Reserves the name in the roster; whoever calls releases it when he cannot go on. */
    ContainerRecord settle(ContainerSpec spec) {
        ImageView image = images.find(spec.image());
        List<String> command = command(spec.process(), image.config());
        checkProcessors(spec);
        Optional<LiveContainer> target = target(spec.network());
        String id = newId();
        String hostname = target.map(other -> other.record().hostname())
                .or(spec::hostname)
                .orElseGet(() -> spec.network() instanceof NetworkMode.Host ? hostsName() : id.substring(0, SHORT_ID));
        if (hostname.isEmpty() || hostname.length() > LONGEST_HOSTNAME || hostname.matches(".*[\\s/\\p{Cntrl}].*")) {
            throw ContainerException.invalid("invalid hostname: '" + hostname + "'");
        }
        return record(spec, image, id, hostname, command, target);
    }

    private ContainerRecord record(
            ContainerSpec spec,
            ImageView image,
            String id,
            String hostname,
            List<String> command,
            Optional<LiveContainer> target) {
        String name =
                spec.name().map(ContainerName::checked).orElseGet(() -> ContainerName.madeUp(random, roster::isTaken));
        roster.reserve(name, id);
        NetworkMode network = target.<NetworkMode>map(other -> new NetworkMode.Container(other.id()))
                .orElse(spec.network());
        return new ContainerRecord(
                ContainerRecord.VERSION,
                id,
                name,
                hostname,
                image.id(),
                withNetwork(spec, network),
                command,
                environment(hostname, image.config(), spec.process()),
                spec.process()
                        .workingDirectory()
                        .or(image.config()::workingDirectory)
                        .orElse(""),
                spec.process().user().or(image.config()::user).orElse(""),
                images.layerNames(image),
                Instant.now());
    }

    private static ContainerSpec withNetwork(ContainerSpec spec, NetworkMode network) {
        return new ContainerSpec(
                spec.image(),
                spec.process(),
                network,
                spec.limits(),
                spec.options(),
                spec.name(),
                spec.hostname(),
                spec.annotations());
    }

    private Optional<LiveContainer> target(NetworkMode network) {
        return network instanceof NetworkMode.Container other
                ? Optional.of(roster.find(other.nameOrId()))
                : Optional.empty();
    }

    /** Arguments replace the image's command, the image's entry point stays before them. */
    private static List<String> command(ProcessSpec process, ImageConfig image) {
        List<String> command = new ArrayList<>(image.entrypoint());
        command.addAll(process.command().isEmpty() ? image.command() : process.command());
        if (command.isEmpty()) {
            throw ContainerException.invalid("no command specified");
        }
        return command;
    }

    private static void checkProcessors(ContainerSpec spec) {
        int there = Runtime.getRuntime().availableProcessors();
        if (spec.limits().nanoCpus().filter(nanos -> nanos > there * NANOS).isPresent()) {
            throw ContainerException.invalid(String.format(
                    Locale.ROOT,
                    "range of CPUs is from 0.01 to %d.00, as there are only %d CPUs available",
                    there,
                    there));
        }
    }

    private static List<String> environment(String hostname, ImageConfig image, ProcessSpec process) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("PATH", DEFAULT_PATH);
        all.put("HOSTNAME", hostname);
        image.environment().forEach(entry -> {
            int equals = entry.indexOf('=');
            all.put(equals < 0 ? entry : entry.substring(0, equals), equals < 0 ? "" : entry.substring(equals + 1));
        });
        all.putAll(process.environment());
        return all.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .toList();
    }

    /** Ids whose first twelve digits look like a number would be taken for one by people. */
    private String newId() {
        byte[] bytes = new byte[ID_BYTES];
        String id;
        do {
            random.nextBytes(bytes);
            id = HexFormat.of().formatHex(bytes);
        } while (id.substring(0, SHORT_ID).chars().allMatch(Character::isDigit));
        return id;
    }

    private static String hostsName() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            throw ContainerException.failed("read the host's name: " + FileFailure.reason(e), e);
        }
    }
}
