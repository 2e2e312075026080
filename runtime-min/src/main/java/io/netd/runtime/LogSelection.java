package io.netd.runtime;

import java.util.OptionalInt;

/**
 * Which part of a log.
 *
 * @param follow go on with what is written later, until the container has stopped
 * @param tail only so many of the last lines
 */
public record LogSelection(boolean follow, OptionalInt tail) {
    /** The whole log as it is now. */
    public static final LogSelection ALL = new LogSelection(false, OptionalInt.empty());

    /** The whole log and all that follows. */
    public static final LogSelection FOLLOW = new LogSelection(true, OptionalInt.empty());
}
