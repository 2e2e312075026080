package io.netd.daemon.local;

import io.netd.portmap.PortRequest;
import io.netd.portmap.PublishFlag;
import java.util.List;
import java.util.Map;

/**
 * Published ports as a container's annotation: the runtime carries them without reading them, as an OCI runtime would,
 * and hands them back with {@code netd.container.created}.
 */
public final class Publications {
    /** The annotation's key; its value is {@code -p} flags between blanks. */
    public static final String ANNOTATION = "netd.publish";

    private Publications() {}

    /** The annotation for these flags; each is checked. */
    public static Map<String, String> annotation(List<String> flags) {
        flags.forEach(PublishFlag::parse);
        return flags.isEmpty() ? Map.of() : Map.of(ANNOTATION, String.join(" ", flags));
    }

    /** What the annotations stand for, in order. */
    public static List<PortRequest> requests(Map<String, String> annotations) {
        String flags = annotations.getOrDefault(ANNOTATION, "");
        return flags.isEmpty()
                ? List.of()
                : List.of(flags.split(" ")).stream()
                        .flatMap(flag -> PublishFlag.parse(flag).stream())
                        .toList();
    }
}
