package io.netd.runtime.image;

import io.netd.runtime.ImageConfig;
import java.time.Instant;
import java.util.List;

/** An image as it is kept on disk; its names are kept apart, because they move. */
record ImageRecord(int version, String id, Instant created, long sizeBytes, List<String> layers, ImageConfig config) {
    static final int VERSION = 1;

    /** Copies the list. */
    ImageRecord {
        layers = List.copyOf(layers);
    }
}
