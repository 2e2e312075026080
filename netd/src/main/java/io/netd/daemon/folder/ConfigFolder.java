package io.netd.daemon.folder;

import io.netd.cni.CniException;
import io.netd.netctl.api.DoctorCheck.Verdict;
import io.netd.netctl.api.PluginCheck;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A runtime's folder of networks. */
record ConfigFolder(Path folder) {
    private static final List<String> EXTENSIONS = List.of(".conflist", ".conf", ".json");

    /**
     * Every plugin of every network, the files by name as runtimes sort them. The first network that can be read is the
     * default.
     */
    List<PluginCheck> check(PluginVerdicts verdicts) throws IOException {
        List<PluginCheck> checks = new ArrayList<>();
        boolean hasDefault = false;
        for (String name : files()) {
            Optional<NetworkFile> network = read(name, checks);
            if (network.isPresent()) {
                checks.addAll(verdicts.of(network.get(), !hasDefault));
                hasDefault = true;
            }
        }
        return checks;
    }

    private List<String> files() throws IOException {
        List<String> names = Keepsakes.namesIn(folder).stream()
                .filter(name -> EXTENSIONS.stream().anyMatch(name::endsWith))
                .filter(name -> !Files.isDirectory(folder.resolve(name)))
                .toList();
        if (names.isEmpty()) {
            throw new FileSystemException(
                    folder.toString(), null, "no *.conflist, *.conf or *.json, so a runtime has no network");
        }
        return names;
    }

    private Optional<NetworkFile> read(String name, List<PluginCheck> checks) {
        try {
            return Optional.of(NetworkFile.read(folder.resolve(name)));
        } catch (CniException e) {
            checks.add(new PluginCheck("", false, name, "", Verdict.FAILED, e.getMessage()));
            return Optional.empty();
        }
    }
}
