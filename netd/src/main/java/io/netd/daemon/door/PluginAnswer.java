package io.netd.daemon.door;

/**
 * What a plugin leaves its caller with.
 *
 * @param exitCode 0, or 1 after an error
 * @param output JSON for standard output, empty when there is nothing to say
 */
public record PluginAnswer(int exitCode, byte[] output) {}
