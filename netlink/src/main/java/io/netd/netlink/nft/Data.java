package io.netd.netlink.nft;

import java.util.Arrays;
import java.util.HexFormat;

/** Bytes as a value: compared by content as unsigned numbers, never changed. */
public final class Data implements Comparable<Data> {
    private final byte[] bytes;

    private Data(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Returns a copy of {@code bytes} as a value. */
    public static Data of(byte... bytes) {
        return new Data(bytes.clone());
    }

    /** Returns a copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Returns how many bytes there are. */
    public int length() {
        return bytes.length;
    }

    /** Returns the bytes followed by zeros up to {@code length}. */
    public Data padded(int length) {
        return bytes.length >= length ? this : new Data(Arrays.copyOf(bytes, length));
    }

    /** Whether the first bytes are these. */
    public boolean begins(Data beginning) {
        int length = beginning.bytes.length;
        return bytes.length >= length && Arrays.equals(bytes, 0, length, beginning.bytes, 0, length);
    }

    @Override
    public int compareTo(Data other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Data data && Arrays.equals(bytes, data.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
