package io.netd.runtime.container;

import io.netd.linux.fs.FileFailure;
import io.netd.runtime.ContainerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Finds the containers that are on disk, and clears away what an interrupted creation or removal left. */
final class Census {
    private final RuntimeSettings settings;

    Census(RuntimeSettings settings) {
        this.settings = settings;
    }

    /** Makes the roots when missing; they are closed to everybody else, for they hold set-user-id programs. */
    List<LiveContainer> take() {
        List<LiveContainer> found = new ArrayList<>();
        Set<String> ids = new TreeSet<>();
        try {
            ids.addAll(names(privateDirectory(settings.dataRoot().resolve("containers"))));
            ids.addAll(names(privateDirectory(settings.execRoot().resolve("containers"))));
        } catch (IOException e) {
            throw ContainerException.failed(
                    "read the containers in " + settings.dataRoot() + ": " + FileFailure.reason(e), e);
        }
        for (String id : ids) {
            ContainerFiles files = ContainerFiles.of(settings, id);
            Optional<ContainerRecord> record = files.readRecord();
            record.ifPresent(known -> found.add(new LiveContainer(known, files, files.readStatus())));
            if (record.isEmpty()) {
                files.delete();
            }
        }
        return found;
    }

    private static Path privateDirectory(Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        return directory;
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(entry -> entry.getFileName().toString()).toList();
        }
    }
}
