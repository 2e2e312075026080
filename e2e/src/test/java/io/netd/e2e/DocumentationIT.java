package io.netd.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The commands in docs/ run as they are written: each page's {@code sh} blocks, one after the other, on one host. */
class DocumentationIT extends NetdTestBase {
    private static final Pattern BLOCK = Pattern.compile("```sh\\n(.*?)```", Pattern.DOTALL);

    static List<Path> pages() {
        try (Stream<Path> files = Files.list(Shell.root().resolve("docs"))) {
            return files.filter(page -> BLOCK.matcher(text(page)).find())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A network with IPv6 turns forwarding on, which stays until netd is uninstalled. */
    @Override
    void furnish() {
        host.sh("sysctl -qw net.ipv6.conf.all.forwarding=1").ok();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void runsAsWritten(Path page) {
        String script = BLOCK.matcher(text(page))
                .results()
                .map(block -> block.group(1))
                .collect(Collectors.joining("\n", "set -ex\nPATH=" + Host.dist() + "/bin:$PATH\n", ""));

        Output output = host.run(Map.of("CNI", Host.dist().resolve("cni").toString()), new byte[0], "sh", "-c", script);

        assertThat(output.exitCode()).as(output.out() + output.err()).isZero();
    }

    private static String text(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
