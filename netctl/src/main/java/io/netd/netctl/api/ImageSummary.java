package io.netd.netctl.api;

import java.time.Instant;

/** One line of {@code images}; repository and tag are {@code <none>} when the image has no name. */
public record ImageSummary(String id, String repository, String tag, Instant created, long sizeBytes) {}
