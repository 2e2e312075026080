package io.netd.runtime.launch;

import io.netd.runtime.ContainerException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A configuration as the launcher reads it: {@code NL1\n}, the length, then {@code key=value} records ended by zero bytes. */
final class LaunchRecords {
    private static final byte[] MAGIC = "NL1\n".getBytes(StandardCharsets.US_ASCII);
    /** {@code CONFIG_LIMIT} of the launcher. */
    private static final int LIMIT = 1 << 20;

    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    LaunchRecords add(String key, String value) {
        if (value.indexOf('\0') >= 0) {
            throw ContainerException.invalid("a zero byte is not allowed in '" + value.replace('\0', '?') + "'");
        }
        body.writeBytes((key + "=" + value).getBytes(StandardCharsets.UTF_8));
        body.write(0);
        return this;
    }

    LaunchRecords addAll(String key, List<String> values) {
        values.forEach(value -> add(key, value));
        return this;
    }

    LaunchRecords addFlag(String key, boolean value) {
        return value ? add(key, "1") : this;
    }

    byte[] toBytes() {
        if (body.size() > LIMIT) {
            throw ContainerException.invalid("command and environment are too long: " + body.size() + " bytes");
        }
        return ByteBuffer.allocate(MAGIC.length + Integer.BYTES + body.size())
                .put(MAGIC)
                .putInt(body.size())
                .put(body.toByteArray())
                .array();
    }
}
