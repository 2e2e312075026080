package io.netd.plugins.spi.program;

import io.netd.cni.CniException;
import io.netd.cni.ErrorCode;
import io.netd.linux.sys.Constants;
import io.netd.linux.sys.Fd;
import io.netd.linux.sys.LinuxException;
import io.netd.plugins.spi.Host;
import java.nio.file.Files;
import java.util.List;

/** Looks for a plugin's program as the reference library does: a regular file of that name in one of several folders. */
record ProgramFolders(String name, Host host) {
    /** The program as the host's caller would write it. */
    String find(List<String> folders) {
        if (folders.isEmpty()) {
            throw new CniException(
                    ErrorCode.INVALID_ENVIRONMENT,
                    "required env variables [CNI_PATH] missing: ipam.type \"" + name + "\" is looked up there");
        }
        return folders.stream()
                .map(folder -> folder + "/" + name)
                .filter(this::isFile)
                .findFirst()
                .orElseThrow(() -> new CniException(
                        ErrorCode.INVALID_CONFIG,
                        "ipam.type \"" + name + "\": failed to find plugin \"" + name + "\" in path " + folders));
    }

    private boolean isFile(String path) {
        try (Fd file = host.root().open(path, Constants.O_PATH)) {
            return Files.isRegularFile(file.procPath());
        } catch (LinuxException e) {
            // As a shell does: what cannot be looked at is not there.
            return false;
        }
    }
}
