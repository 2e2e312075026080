package io.netd.runtime.image;

import io.netd.runtime.ContainerException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Finds out by its first bytes how an archive is packed; names and declared types are not to be trusted. */
final class TarStream {
    private static final int BUFFER = 1 << 16;

    private record Packing(String name, int[] magic) {}

    private static final Packing GZIP = new Packing("gzip", new int[] {0x1f, 0x8b});
    private static final List<Packing> FOREIGN = List.of(
            new Packing("zstd", new int[] {0x28, 0xb5, 0x2f, 0xfd}),
            new Packing("xz", new int[] {0xfd, '7', 'z', 'X', 'Z'}),
            new Packing("bzip2", new int[] {'B', 'Z', 'h'}));

    private TarStream() {}

    /** The uncompressed archive. */
    static InputStream unpacked(InputStream packed) throws IOException {
        BufferedInputStream in = new BufferedInputStream(packed, BUFFER);
        if (startsWith(in, GZIP)) {
            return new GZIPInputStream(in, BUFFER);
        }
        for (Packing foreign : FOREIGN) {
            if (startsWith(in, foreign)) {
                throw ContainerException.invalid("the archive is packed with " + foreign.name()
                        + ": unpack it first, plain tar and gzip are read");
            }
        }
        return in;
    }

    private static boolean startsWith(BufferedInputStream in, Packing packing) throws IOException {
        in.mark(packing.magic().length);
        try {
            for (int expected : packing.magic()) {
                if (in.read() != expected) {
                    return false;
                }
            }
            return true;
        } finally {
            in.reset();
        }
    }
}
