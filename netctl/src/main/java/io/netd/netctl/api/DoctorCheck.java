package io.netd.netctl.api;

import java.util.Optional;

/**
 * One thing that was checked.
 *
 * @param name what was checked
 * @param verdict how it stands
 * @param finding what was seen
 * @param remedy what to do about it
 */
public record DoctorCheck(String name, Verdict verdict, String finding, Optional<String> remedy) {
    /** How a check stands. */
    public enum Verdict {
        /** As it must be. */
        OK,
        /** Works, but something is missing or slower. */
        WARNING,
        /** netd cannot do its work. */
        FAILED
    }
}
