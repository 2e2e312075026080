package io.netd.runtime.cgroup;

import io.netd.linux.fs.FileFailure;
import io.netd.runtime.ContainerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** One cgroup interface file: a small text that the kernel takes in a single write. */
record CgroupFile(Path path) {
    static CgroupFile in(Path group, String name) {
        return new CgroupFile(group.resolve(name));
    }

    boolean exists() {
        return Files.exists(path);
    }

    /** The trimmed text; empty when the file is not there. */
    Optional<String> read() {
        try {
            return Optional.of(Files.readString(path).strip());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw ContainerException.failed("read " + path + ": " + FileFailure.reason(e), e);
        }
    }

    void write(String value) {
        try {
            Files.writeString(path, value, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw ContainerException.failed("write " + value + " to " + path + ": " + FileFailure.reason(e), e);
        }
    }

    /** Writes where the kernel has the file and takes the value; for what is nice to have. */
    void offer(String value) {
        try {
            Files.writeString(path, value, StandardOpenOption.WRITE);
        } catch (IOException unavailable) {
            // Optional by contract: for instance a controller that the parent group does not hand down.
        }
    }

    /** The number after a key in a flat keyed file such as {@code memory.events}; 0 when either is missing. */
    long keyed(String key) {
        return read().stream()
                .flatMap(String::lines)
                .filter(line -> line.startsWith(key + " "))
                .mapToLong(
                        line -> Long.parseLong(line.substring(key.length() + 1).strip()))
                .findFirst()
                .orElse(0);
    }
}
