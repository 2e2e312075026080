package io.netd.cni;

/** The protocol's error object. */
public final class ErrorJson {
    private ErrorJson() {}

    /** The failure as JSON in UTF-8. */
    public static byte[] write(CniException failure, CniVersion version) {
        return JsonText.write(out -> {
            out.writeStartObject();
            out.writeStringField("cniVersion", version.toString());
            out.writeNumberField("code", failure.code());
            out.writeStringField("msg", String.valueOf(failure.getMessage()));
            if (!failure.details().isEmpty()) {
                out.writeStringField("details", failure.details());
            }
            out.writeEndObject();
        });
    }

    /** The failure that another plugin reported; code 999 when it names none. */
    public static CniException read(Settings error) {
        return new CniException(
                error.integer("code", 0, Integer.MAX_VALUE).orElse(ErrorCode.INTERNAL),
                error.text("msg").orElse("the plugin failed without a message"),
                error.text("details").orElse(""));
    }
}
