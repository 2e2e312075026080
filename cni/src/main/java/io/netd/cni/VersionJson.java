package io.netd.cni;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The answer to VERSION, and the version to answer a broken request in. */
public final class VersionJson {
    private VersionJson() {}

    /** The supported versions, under the version that the request names if that is one of them. */
    public static byte[] write(byte[] stdin) {
        CniVersion version = versionOf(stdin);
        return JsonText.write(out -> {
            out.writeStartObject();
            out.writeStringField("cniVersion", version.toString());
            out.writeArrayFieldStart("supportedVersions");
            for (CniVersion supported : CniVersion.values()) {
                out.writeString(supported.toString());
            }
            out.writeEndArray();
            out.writeEndObject();
        });
    }

    /** The version that a request names; the newest when it names none that is supported. Never fails. */
    public static CniVersion versionOf(byte[] stdin) {
        try {
            return Settings.parse(stdin)
                    .text("cniVersion")
                    .flatMap(CniVersion::of)
                    .orElse(CniVersion.LATEST);
        } catch (CniException e) {
            return CniVersion.LATEST;
        }
    }

    static String list() {
        return Arrays.stream(CniVersion.values()).map(CniVersion::toString).collect(Collectors.joining(" "));
    }
}
