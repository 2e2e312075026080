package io.netd.e2e;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The root files of the image that containers are made of, a tar in the project's folder, where every host reaches it. */
final class RootFiles {
    /** Made once: it takes longer than many a test. */
    static final String TAR = make();

    private RootFiles() {}

    private static String make() {
        Path tar = Path.of("target", "busybox-" + ProcessHandle.current().pid() + ".tar")
                .toAbsolutePath();
        tar.toFile().deleteOnExit();
        String program = Shell.root().resolve("build/busybox-image").toString();
        Shell.run(List.of(program, tar.toString()), Map.of(), new byte[0]).ok();
        return tar.toString();
    }
}
