package io.netd.engine.event;

/**
 * Payload of {@code netd.drift.*}.
 *
 * @param version of this record
 * @param thing what differs
 * @param detail how
 */
public record Drift(int version, String thing, String detail) {}
