package io.netd.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlavourTest {
    @TempDir
    Path folder;

    private Path bin;

    @BeforeEach
    void makeFolder() throws IOException {
        bin = Files.createDirectory(folder.resolve("bin"));
    }

    @Test
    void theProgramThatIptablesIsALinkToIsNamedAfterIt() throws IOException {
        Path alternative =
                Files.createSymbolicLink(folder.resolve("alternative"), program("xtables-nft-multi", "exit 1"));
        Files.createSymbolicLink(bin.resolve("iptables"), alternative);

        assertThat(Flavour.installed("/nowhere:" + bin)).contains(Flavour.IPTABLES_NFT);

        Files.delete(alternative);
        Files.createSymbolicLink(alternative, program("xtables-legacy-multi", "exit 1"));
        assertThat(Flavour.installed("/nowhere:" + bin)).contains(Flavour.IPTABLES_LEGACY);
    }

    @Test
    void anyOtherProgramIsAsked() throws IOException {
        Files.createSymbolicLink(bin.resolve("iptables"), program("wrapper", "echo 'iptables v1.8.9 (nf_tables)'"));
        assertThat(Flavour.installed(bin.toString())).contains(Flavour.IPTABLES_NFT);

        program("wrapper", "echo 'iptables v1.8.9 (legacy)'");
        assertThat(Flavour.installed(bin.toString())).contains(Flavour.IPTABLES_LEGACY);

        program("wrapper", "echo 'iptables v1.6.1'");
        assertThat(Flavour.installed(bin.toString())).contains(Flavour.IPTABLES_LEGACY);
    }

    @Test
    void whatIsMissingOrBrokenIsNotInstalled() throws IOException {
        assertThat(Flavour.installed("")).isEmpty();
        assertThat(Flavour.installed(bin.toString())).isEmpty();

        Files.createSymbolicLink(bin.resolve("iptables"), program("wrapper", "exit 1"));
        assertThat(Flavour.installed(bin.toString())).isEmpty();
    }

    private Path program(String name, String line) throws IOException {
        Path program = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + line + "\n");
        return Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
