package io.netd.runtime;

import java.time.Instant;

/**
 * What a container wrote.
 *
 * @param toError on standard error
 * @param text with its line end; lines over 16 KiB come in several pieces without one
 */
public record LogLine(Instant time, boolean toError, String text) {}
