package io.netd.plugins.tuning;

import io.netd.cni.CniException;
import io.netd.cni.ContainerId;
import io.netd.cni.InterfaceName;
import io.netd.cni.Settings;
import io.netd.linux.fs.AtomicFile;
import io.netd.linux.fs.Durability;
import io.netd.plugins.spi.Host;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** The file of an interface's former settings, shared with the reference plugin: either restores what the other kept. */
record Backup(Path dataDir, ContainerId container, InterfaceName ifName) {
    private static final int MAX_BYTES = 4096;

    /** Writes it; it need not survive the machine, whose namespaces do not either. */
    void save(Host host, LinkSettings former) {
        Path folder = host.path(dataDir);
        try {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException e) {
            throw new UncheckedIOException("make " + dataDir, e);
        }
        byte[] json = Settings.of(former.values()).toBytes();
        AtomicFile.write(folder.resolve(fileName()), json, Durability.TMPFS);
    }

    /** What it says; empty when there is none, or when it says nothing that can be understood. */
    Optional<LinkSettings> load(Host host) {
        Optional<String> text = host.root().readText(dataDir.resolve(fileName()).toString(), MAX_BYTES);
        try {
            return text.map(json -> LinkSettings.read(Settings.parse(json.getBytes(StandardCharsets.UTF_8))));
        } catch (CniException e) {
            return Optional.empty();
        }
    }

    /** Removes it; succeeds when it is gone already. */
    void delete(Host host) {
        if (Files.isDirectory(host.path(dataDir))) {
            AtomicFile.delete(host.path(dataDir).resolve(fileName()), Durability.TMPFS);
        }
    }

    private String fileName() {
        return container.value() + "_" + ifName.value() + ".json";
    }
}
