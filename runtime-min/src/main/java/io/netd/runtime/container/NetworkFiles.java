package io.netd.runtime.container;

import io.netd.linux.fs.FileFailure;
import io.netd.runtime.ContainerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The contents of a container's {@code hosts}, {@code hostname} and {@code resolv.conf}, in docker's words. The files are
 * bound into the container, so they are rewritten in place, never replaced.
 *
 * @param hostEtc the host's {@code /etc}
 * @param resolvedFile where systemd-resolved keeps the real name servers
 */
record NetworkFiles(Path hostEtc, Path resolvedFile) {
    static final NetworkFiles OF_HOST = new NetworkFiles(Path.of("/etc"), Path.of("/run/systemd/resolve/resolv.conf"));

    private static final String HOSTS = """
            127.0.0.1\tlocalhost
            ::1\tlocalhost ip6-localhost ip6-loopback
            fe00::0\tip6-localnet
            ff00::0\tip6-mcastprefix
            ff02::1\tip6-allnodes
            ff02::2\tip6-allrouters
            """;

    /** Docker's way out when the host names no server that a container could reach. */
    private static final String PUBLIC_SERVERS = "nameserver 8.8.8.8\nnameserver 8.8.4.4\n";

    /** Files of a container with a namespace of its own. */
    void writeOwn(ContainerFiles files, String hostname, List<String> addresses) {
        String lines = addresses.stream()
                .map(address -> address + "\t" + names(hostname) + "\n")
                .collect(Collectors.joining());
        write(files.hosts(), HOSTS + lines);
        write(files.hostname(), hostname + "\n");
        write(files.resolv(), reachable(read(hostEtc.resolve("resolv.conf"))));
    }

    /** Files of a container in the host's namespace: what the host has. */
    void writeHosts(ContainerFiles files, String hostname) {
        write(files.hosts(), read(hostEtc.resolve("hosts")));
        write(files.hostname(), hostname + "\n");
        write(files.resolv(), read(hostEtc.resolve("resolv.conf")));
    }

    private static String names(String hostname) {
        int dot = hostname.indexOf('.');
        return dot < 0 ? hostname : hostname + " " + hostname.substring(0, dot);
    }

    /** Without the servers that only the host itself can reach. */
    private String reachable(String resolv) {
        String source = servers(resolv).allMatch(NetworkFiles::isLoopback) ? read(resolvedFile) : resolv;
        String text = (source.isEmpty() ? resolv : source)
                .lines()
                .filter(Predicate.not(NetworkFiles::isLoopback))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
        return servers(text).findAny().isPresent() ? text : text + PUBLIC_SERVERS;
    }

    private static Stream<String> servers(String resolv) {
        return resolv.lines().filter(line -> line.strip().startsWith("nameserver"));
    }

    private static boolean isLoopback(String line) {
        String text = line.strip();
        return text.startsWith("nameserver")
                && (text.matches("nameserver\\s+127\\..*") || text.matches("nameserver\\s+::1\\s*"));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            return "";
        } catch (IOException e) {
            throw ContainerException.failed("read " + file + ": " + FileFailure.reason(e), e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        } catch (IOException e) {
            throw ContainerException.failed("write " + file + ": " + FileFailure.reason(e), e);
        }
    }
}
