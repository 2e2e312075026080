package io.netd.linux.proc;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Finds programs in this process's own path, for command lines that run with somebody else's. */
public final class OwnPath {
    private OwnPath() {}

    /** The program's absolute path; its name alone when it is nowhere, so that starting it fails under that name. */
    public static String find(String name) {
        String path = System.getenv().getOrDefault("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
        return Stream.of(path.split(":"))
                .filter(folder -> folder.startsWith("/"))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst()
                .orElse(name);
    }
}
