package io.netd.engine;

import io.netd.cni.CniRequest;
import io.netd.engine.network.BridgeSettings;
import io.netd.linux.proc.Program;
import io.netd.linux.testing.ThrowawayNamespace;
import io.netd.plugins.spi.Plugin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes engines and requests for tests. */
final class Engines {
    private Engines() {}

    static Engine open(Path execRoot) {
        return open(execRoot, List.of(new StepPlugin("one"), new StepPlugin("two")));
    }

    static Engine open(Path execRoot, Collection<Plugin> plugins) {
        EngineSettings settings = EngineSettings.of(execRoot, execRoot.resolve("data"), BridgeSettings.DEFAULT);
        return new EngineBuilder(settings, plugins, (framework, namespace) -> new QuietBackend()).open();
    }

    static CniRequest request(String command, String container, Optional<ThrowawayNamespace> sandbox, String config) {
        Map<String, String> environment = new HashMap<>();
        environment.put("CNI_COMMAND", command);
        environment.put("CNI_CONTAINERID", container);
        environment.put("CNI_IFNAME", "eth0");
        environment.put("CNI_PATH", "/opt/cni/bin");
        sandbox.ifPresent(there -> environment.put("CNI_NETNS", path(there)));
        return CniRequest.parse(environment, config.getBytes(StandardCharsets.UTF_8));
    }

    static String config(String type) {
        return "{\"cniVersion\":\"1.1.0\",\"name\":\"net\",\"type\":\"" + type + "\"}";
    }

    static String path(ThrowawayNamespace sandbox) {
        return sandbox.namespace().fd().procPath().toString();
    }

    /** Names of this host's links, by iproute2. */
    static List<String> links() {
        return Program.of("sh", "-c", "ip -o link | cut -d: -f2 | cut -d@ -f1 | tr -d ' '")
                .run()
                .out()
                .lines()
                .sorted()
                .toList();
    }

    static List<Path> files(Path folder) {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> tree = Files.walk(folder)) {
            return tree.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void copy(Path from, Path to) {
        try (Stream<Path> tree = Files.walk(from)) {
            for (Path path : tree.toList()) {
                Path target = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(path, target);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
