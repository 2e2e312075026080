package io.netd.trace;

/**
 * One line of what happened.
 *
 * @param what a word for it: {@code sent}, {@code received}, {@code rule}, {@code translated}, {@code routed},
 *     {@code container}, {@code listener}, {@code answer}, {@code stopped}
 * @param text for a person
 */
public record TraceStep(String what, String text) {}
