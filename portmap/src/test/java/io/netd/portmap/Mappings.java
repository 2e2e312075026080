package io.netd.portmap;

import java.util.List;

/** Mappings as {@code -p} asks for them, where a test needs no choice. */
final class Mappings {
    private Mappings() {}

    static List<PortMapping> of(String flag) {
        return PublishFlag.parse(flag).stream()
                .flatMap(request -> request.with(request.fixedPort().orElse(0)).stream())
                .toList();
    }
}
