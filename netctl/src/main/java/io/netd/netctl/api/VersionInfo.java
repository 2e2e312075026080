package io.netd.netctl.api;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;

/** Version facts of the daemon; in JSON under docker's keys. */
@JsonNaming(PropertyNamingStrategies.UpperCamelCaseStrategy.class)
public record VersionInfo(
        String version,
        String apiVersion,
        String javaVersion,
        String os,
        String arch,
        String kernel,
        List<String> cniVersions) {}
