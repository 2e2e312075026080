package io.netd.runtime.launch;

import java.nio.file.Path;

/** Files of a container: three that it sees in its {@code /etc}, its log, and where its exit code will stand. */
public record LaunchFiles(Path hosts, Path hostname, Path resolv, Path log, Path exit) {
    /** The log and its predecessor together stay below twice this. */
    public static final long LOG_LIMIT = 10L << 20;

    LaunchRecords addTo(LaunchRecords records) {
        return records.add("hosts", hosts.toString())
                .add("hostnamefile", hostname.toString())
                .add("resolv", resolv.toString())
                .add("log", log.toString())
                .add("loglimit", Long.toString(LOG_LIMIT))
                .add("exit", exit.toString());
    }
}
