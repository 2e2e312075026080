package io.netd.plugins.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netd.cni.CniException;
import io.netd.linux.fs.RootDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllowlistTest {
    private static final Parameter CHANGE = Parameter.of("net.ipv4.conf.IFNAME.arp_filter", "1", "eth0");

    @TempDir
    Path root;

    private Optional<Allowlist> read() {
        try (RootDirectory directory = RootDirectory.open(root)) {
            return Allowlist.read(directory);
        }
    }

    private Allowlist read(String text) throws IOException {
        Path folder = Files.createDirectories(root.resolve("etc/cni/tuning"));
        Files.writeString(folder.resolve("allowlist.conf"), text);
        return read().orElseThrow();
    }

    @Test
    void withoutAFileEverythingIsAllowed() {
        assertThat(read()).isEmpty();
    }

    @Test
    void oneMatchingLineIsEnough() throws IOException {
        Allowlist list = read("\n  ^net.core.*$ \n^net\\.ipv4\\.conf\\.IFNAME\\.[a-z_]*$\r\n");
        assertThatCode(() -> list.require(List.of(CHANGE))).doesNotThrowAnyException();
    }

    @Test
    void aLineMayMatchAnywhere() throws IOException {
        Allowlist list = read("arp");
        assertThatCode(() -> list.require(List.of(CHANGE))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "^net.core", "conf.eth0.arp_filter"})
    void whatMatchesNoLineIsRefused(String text) throws IOException {
        Allowlist list = read(text);
        assertThatThrownBy(() -> list.require(List.of(CHANGE)))
                .isInstanceOf(CniException.class)
                .hasMessageContaining("sysctl \"net.ipv4.conf.IFNAME.arp_filter\": not allowed by");
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "[[:alpha:]]*", "[^[a]b]", "[a&&b]"})
    void aLineThatIsNotUnderstoodAllowsNothing(String line) throws IOException {
        Allowlist list = read(line);
        assertThatThrownBy(() -> list.require(List.of(CHANGE)))
                .isInstanceOf(CniException.class)
                .hasMessageStartingWith("/etc/cni/tuning/allowlist.conf: \"" + line);
    }
}
