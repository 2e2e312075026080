package io.netd.daemon.plugin;

import io.netd.daemon.frame.Call.NamespaceNumbers;
import io.netd.engine.host.HostRef;
import io.netd.linux.fs.RootDirectory;
import io.netd.linux.ns.NetworkNamespace;
import io.netd.linux.sys.LinuxException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Finds the host of a caller that is not there any more, by the number of its network namespace. */
public final class CallerHosts {
    private static final Path PROCESSES = Path.of("/proc");

    /** Our own host, or one that some process still lives in; a caller that told nothing is taken for ours. */
    Optional<HostRef> find(Optional<NamespaceNumbers> numbers) {
        if (numbers.isEmpty() || isIn(PROCESSES.resolve("self"), numbers.get())) {
            return Optional.of(HostRef.own());
        }
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROCESSES, "[0-9]*")) {
            for (Path process : processes) {
                if (isIn(process, numbers.get())) {
                    return open(process);
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isIn(Path process, NamespaceNumbers numbers) {
        try {
            return Files.getAttribute(process.resolve("ns/net"), "unix:ino").equals(numbers.inode());
        } catch (IOException e) {
            return false;
        }
    }

    private static Optional<HostRef> open(Path process) {
        try {
            NetworkNamespace namespace = NetworkNamespace.open(process.resolve("ns/net"));
            try {
                return Optional.of(HostRef.of(
                        namespace, RootDirectory.open(process.resolve("root")), Optional.empty(), () -> true));
            } catch (LinuxException e) {
                namespace.close();
                return Optional.empty();
            }
        } catch (LinuxException e) {
            return Optional.empty();
        }
    }
}
