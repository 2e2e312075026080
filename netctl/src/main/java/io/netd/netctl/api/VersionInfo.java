package io.netd.netctl.api;

import java.util.List;

/** Version facts of the daemon. */
public record VersionInfo(
        String version,
        String apiVersion,
        String javaVersion,
        String os,
        String arch,
        String kernel,
        List<String> cniVersions) {}
