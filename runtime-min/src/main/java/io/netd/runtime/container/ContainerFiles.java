package io.netd.runtime.container;

import io.netd.linux.fs.Durability;
import io.netd.linux.fs.FileFailure;
import io.netd.runtime.ContainerException;
import io.netd.runtime.store.FileTree;
import io.netd.runtime.store.JsonFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;

/**
 * Where one container's files are.
 *
 * @param data {@code <dataRoot>/containers/<id>}: survives a reboot
 * @param exec {@code <execRoot>/containers/<id>}: there while it runs
 */
record ContainerFiles(String id, Path data, Path exec) {
    static ContainerFiles of(RuntimeSettings settings, String id) {
        return new ContainerFiles(
                id,
                settings.dataRoot().resolve("containers").resolve(id),
                settings.execRoot().resolve("containers").resolve(id));
    }

    Path hosts() {
        return data.resolve("hosts");
    }

    Path hostname() {
        return data.resolve("hostname");
    }

    Path resolv() {
        return data.resolve("resolv.conf");
    }

    Path log() {
        return data.resolve(id + "-json.log");
    }

    Path upper() {
        return data.resolve("upper");
    }

    Path work() {
        return data.resolve("work");
    }

    Path mountPoint() {
        return exec.resolve("root");
    }

    Path exit() {
        return exec.resolve("exit");
    }

    private JsonFile<ContainerRecord> record() {
        return new JsonFile<>(data.resolve("config.json"), ContainerRecord.class);
    }

    private JsonFile<Status> lastStatus() {
        return new JsonFile<>(data.resolve("state.json"), Status.class);
    }

    private JsonFile<Status> liveStatus() {
        return new JsonFile<>(exec.resolve("state.json"), Status.class);
    }

    Optional<ContainerRecord> readRecord() {
        return record().read();
    }

    /** Makes the durable directories; the configuration comes last, for without it there is no container. */
    void make(ContainerRecord container) {
        makeDirectories(List.of(data, upper(), work()));
        openToAll(upper());
        lastStatus().write(Status.CREATED, Durability.TMPFS);
        record().write(container, Durability.FSYNC);
    }

    /** Makes what a run needs, without a trace of an earlier one. */
    void makeRun() {
        FileTree.delete(exec);
        makeDirectories(List.of(exec, mountPoint()));
    }

    /** A container that lives is known by its run directory, which a reboot takes away; how it ended is kept. */
    void write(Status status) {
        if (status.isLive()) {
            liveStatus().write(status, Durability.TMPFS);
        } else {
            lastStatus().write(status, Durability.FSYNC);
            FileTree.delete(exec);
        }
    }

    /** Notes durably that a run has begun, so that after a reboot it is not taken for one that never was. */
    void noteRun(Status status) {
        lastStatus().write(status, Durability.TMPFS);
    }

    Status readStatus() {
        return liveStatus().read().or(lastStatus()::read).orElse(Status.CREATED);
    }

    /** Removes everything; the configuration first, for what is left without it is swept at the next start. */
    void delete() {
        FileTree.delete(record().path());
        FileTree.delete(exec);
        FileTree.delete(data);
    }

    /** The upper directory's permissions are those of the container's root, whatever the daemon's umask. */
    private static void openToAll(Path directory) {
        try {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw ContainerException.failed("open " + directory + ": " + FileFailure.reason(e), e);
        }
    }

    private static void makeDirectories(List<Path> directories) {
        try {
            for (Path directory : directories) {
                Files.createDirectories(directory);
            }
        } catch (IOException e) {
            throw ContainerException.failed("make " + directories + ": " + FileFailure.reason(e), e);
        }
    }
}
