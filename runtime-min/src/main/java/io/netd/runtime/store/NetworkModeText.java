package io.netd.runtime.store;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.netd.runtime.NetworkMode;

/** Tells Jackson that a network mode is kept as the text that {@code --net} takes. */
interface NetworkModeText {
    /** Its text. */
    @JsonValue
    String text();

    /** Read back; the body is the real type's. */
    @JsonCreator
    static NetworkMode parse(String text) {
        return NetworkMode.parse(text);
    }
}
