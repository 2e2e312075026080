package io.netd.daemon.event;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;

/**
 * Hands a record over as it is: records do not change. It never goes over a wire, for there is no cluster.
 *
 * @param <T> the record
 */
final class RecordCodec<T extends Record> implements MessageCodec<T, T> {
    private final String name;

    RecordCodec(Class<T> type) {
        this.name = type.getName();
    }

    @Override
    public void encodeToWire(Buffer buffer, T value) {
        throw new UnsupportedOperationException(name + " stays on this bus");
    }

    @Override
    public T decodeFromWire(int position, Buffer buffer) {
        throw new UnsupportedOperationException(name + " stays on this bus");
    }

    @Override
    public T transform(T value) {
        return value;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public byte systemCodecID() {
        return -1;
    }
}
