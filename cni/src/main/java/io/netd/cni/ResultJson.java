package io.netd.cni;

/** Results in the shapes of the protocol's versions, converted as the reference library does. */
public final class ResultJson {
    private ResultJson() {}

    /**
     * A result in a version's shape, as JSON in UTF-8.
     *
     * @throws CniException with code 7 when the shape cannot hold it, see {@link CniResult#requireConvertible}
     */
    public static byte[] write(CniResult result, CniVersion version) {
        result.requireConvertible(version);
        return JsonText.write(
                version.isFlat() ? new FlatResultWriter(result, version) : new ResultWriter(result, version));
    }

    /**
     * Reads a result; without a {@code cniVersion} of its own it has the configuration's.
     *
     * @throws CniException with code 7 when its version has another shape than the configuration's, or a value is wrong
     */
    public static CniResult read(Settings result, CniVersion configVersion) {
        CniVersion version = result.text("cniVersion").map(CniVersion::parse).orElse(configVersion);
        if (!configVersion.reads(version)) {
            throw result.invalid("cniVersion", "a result of this version cannot follow cniVersion " + configVersion);
        }
        return configVersion.isFlat() ? FlatResultReader.read(result) : ResultReader.read(result, version);
    }
}
