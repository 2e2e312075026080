package io.netd.runtime.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkFilesTest {
    @TempDir
    private Path directory;

    private ContainerFiles files;
    private NetworkFiles network;

    @BeforeEach
    void make() throws IOException {
        files = new ContainerFiles("id", directory, directory);
        network = new NetworkFiles(Files.createDirectory(directory.resolve("etc")), directory.resolve("resolved.conf"));
    }

    private String resolv(String host) throws IOException {
        Files.writeString(directory.resolve("etc/resolv.conf"), host);
        network.writeOwn(files, "box", List.of());
        return Files.readString(files.resolv());
    }

    @Test
    void hostsHasTheAddressesUnderBothNames() throws IOException {
        network.writeOwn(files, "web.example.org", List.of("172.17.0.2", "fd00::2"));

        assertThat(files.hosts()).hasContent("""
                        127.0.0.1\tlocalhost
                        ::1\tlocalhost ip6-localhost ip6-loopback
                        fe00::0\tip6-localnet
                        ff00::0\tip6-mcastprefix
                        ff02::1\tip6-allnodes
                        ff02::2\tip6-allrouters
                        172.17.0.2\tweb.example.org web
                        fd00::2\tweb.example.org web
                        """);
        assertThat(files.hostname()).hasContent("web.example.org\n");
    }

    @Test
    void serversThatOnlyTheHostReachesAreLeftOut() throws IOException {
        assertThat(resolv("nameserver 127.0.0.1\nnameserver 9.9.9.9\nsearch lan\n"))
                .isEqualTo("nameserver 9.9.9.9\nsearch lan\n");
        assertThat(resolv("nameserver 127.0.0.53\noptions edns0\n"))
                .isEqualTo("options edns0\nnameserver 8.8.8.8\nnameserver 8.8.4.4\n");
        Files.writeString(directory.resolve("resolved.conf"), "nameserver 10.0.0.1\n");
        assertThat(resolv("nameserver 127.0.0.53\n")).isEqualTo("nameserver 10.0.0.1\n");
    }

    @Test
    void hostModeCopiesAndRewritesInPlace() throws IOException {
        Files.writeString(directory.resolve("etc/hosts"), "1.2.3.4 other\n");
        Files.writeString(directory.resolve("etc/resolv.conf"), "nameserver 127.0.0.53\n");
        Files.writeString(files.hosts(), "something longer than the new content, before\n");
        Object inode = Files.getAttribute(files.hosts(), "unix:ino");

        network.writeHosts(files, "box");

        assertThat(files.hosts()).hasContent("1.2.3.4 other\n");
        assertThat(Files.getAttribute(files.hosts(), "unix:ino")).isEqualTo(inode);
        assertThat(files.resolv()).hasContent("nameserver 127.0.0.53\n");
    }
}
