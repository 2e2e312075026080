package io.netd.runtime;

/**
 * Bytes that a program in a container wrote.
 *
 * @param toError on standard error
 */
public record OutputChunk(boolean toError, byte[] bytes) {}
