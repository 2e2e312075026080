package io.netd.engine.event;

/**
 * Payload of {@code netd.drift.*}.
 *
 * @param version of this record
 * @param thing what differs
 * @param detail how
 * @param by who made it differ, as far as that is known; else empty
 */
public record Drift(int version, String thing, String detail, String by) {
    /** Nobody knows since when it differs. */
    public Drift(int version, String thing, String detail) {
        this(version, thing, detail, "");
    }
}
