package io.netd.runtime;

import java.time.Instant;
import java.util.List;

/**
 * An image in the store.
 *
 * @param id {@code sha256:} and 64 hex digits
 * @param references {@code name:tag}, sorted; empty when it has no name
 * @param sizeBytes the content of its files
 * @param layers digests of its uncompressed layers, the lowest first
 */
public record ImageView(
        String id, List<String> references, Instant created, long sizeBytes, List<String> layers, ImageConfig config) {
    /** Copies the lists. */
    public ImageView {
        references = List.copyOf(references);
        layers = List.copyOf(layers);
    }
}
