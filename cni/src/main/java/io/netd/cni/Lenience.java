package io.netd.cni;

import java.util.function.Supplier;

/** Whether a part of the input that makes no sense counts as absent instead of failing the request. */
record Lenience(boolean isForgiving) {
    <T> T read(Supplier<T> part, T otherwise) {
        try {
            return part.get();
        } catch (CniException e) {
            if (isForgiving) {
                return otherwise;
            }
            throw e;
        }
    }
}
