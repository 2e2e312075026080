package io.netd.runtime.image;

import io.netd.linux.fs.FileFailure;
import io.netd.runtime.ContainerException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * Unpacks one layer's tar into a fresh directory that nobody else writes to. Nothing an archive holds reaches outside of
 * that directory; whoever calls throws the directory away after a failure.
 */
final class TarExtractor {
    private static final String WHITEOUT = ".wh.";
    private static final String OPAQUE = ".wh..wh..opq";
    private static final String AUFS_PRIVATE = ".wh..wh.";
    private static final String XATTR = "SCHILY.xattr.";

    private final Path root;
    private final Bounds bounds;
    private final Map<EntryName, FileTime> directoryTimes = new LinkedHashMap<>();
    private long entries;
    private long bytes;

    /** What an archive may hold at most. */
    record Bounds(long entries, long bytes) {
        static final Bounds USUAL = new Bounds(2_000_000, 256L << 30);
    }

    TarExtractor(Path root, Bounds bounds) {
        this.root = root;
        this.bounds = bounds;
    }

    /** Reads up to the archive's end mark; the size of all files. */
    long extract(InputStream in) throws IOException {
        try (LayerRoot layer = LayerRoot.open(root)) {
            HeaderBound archive = new HeaderBound(in);
            TarArchiveInputStream tar = new TarArchiveInputStream(archive, "UTF-8");
            for (TarArchiveEntry entry = next(tar, archive); entry != null; entry = next(tar, archive)) {
                extract(layer, entry, tar);
                tar.transferTo(OutputStream.nullOutputStream());
            }
            for (Map.Entry<EntryName, FileTime> time : directoryTimes.entrySet()) {
                layer.setDirectoryTime(time.getKey(), time.getValue());
            }
        }
        if (entries == 0) {
            throw ContainerException.invalid("the archive holds no files: it is empty or no tar archive");
        }
        return bytes;
    }

    private TarArchiveEntry next(TarArchiveInputStream tar, HeaderBound archive) throws IOException {
        try {
            archive.beginHeader();
            TarArchiveEntry entry = tar.getNextEntry();
            archive.beginContent();
            if (entry != null && !entry.isCheckSumOK()) {
                throw ContainerException.invalid(
                        "the archive is damaged or no tar archive: a header has a bad checksum");
            }
            return entry;
        } catch (IllegalArgumentException e) {
            throw new IOException("no tar archive: " + FileFailure.reason(e), e);
        }
    }

    private void extract(LayerRoot layer, TarArchiveEntry entry, TarArchiveInputStream tar) throws IOException {
        entries++;
        bytes += entry.isFile() ? Math.max(entry.getRealSize(), 0) : 0;
        if (entries > bounds.entries() || bytes > bounds.bytes()) {
            throw ContainerException.invalid("the archive is too large: more than " + bounds.entries() + " entries or "
                    + bounds.bytes() + " bytes");
        }
        EntryName name = EntryName.parse(entry.getName());
        if (name.isRoot() || name.last().startsWith(WHITEOUT)) {
            mark(layer, name, entry);
            return;
        }
        if (make(layer, name, entry, tar)) {
            Attributes attributes = Attributes.of(entry);
            layer.setAttributes(name, attributes);
            layer.setUserXattrs(name, xattrs(entry));
            if (entry.isDirectory()) {
                directoryTimes.put(name, attributes.modified());
            }
        }
    }

    /** The root's own entry, and names that stand for what is not in lower layers. */
    private void mark(LayerRoot layer, EntryName name, TarArchiveEntry entry) throws IOException {
        if (name.isRoot()) {
            layer.setAttributes(name, Attributes.of(entry));
        } else if (name.last().equals(OPAQUE)) {
            layer.makeOpaque(name.parent());
        } else if (name.last().equals(WHITEOUT)) {
            throw ContainerException.invalid("archive entry '" + entry.getName() + "' is refused: it hides nothing");
        } else if (!name.last().startsWith(AUFS_PRIVATE)) {
            String hidden = name.last().substring(WHITEOUT.length());
            layer.makeWhiteout(EntryName.parse(name.parent().path() + "/" + hidden.replace("/", "")));
        }
    }

    /** False when the entry is of a kind that has no place in a file tree. */
    private static boolean make(LayerRoot layer, EntryName name, TarArchiveEntry entry, TarArchiveInputStream tar)
            throws IOException {
        if (entry.isDirectory()) {
            layer.makeDirectory(name);
        } else if (entry.isSymbolicLink()) {
            layer.makeSymlink(name, entry.getLinkName());
        } else if (entry.isLink()) {
            layer.makeHardLink(name, EntryName.parse(entry.getLinkName()));
        } else if (entry.isCharacterDevice() || entry.isBlockDevice() || entry.isFIFO()) {
            layer.makeNode(name, entry);
        } else if (entry.isFile() && tar.canReadEntryData(entry)) {
            layer.makeFile(name, tar);
        } else {
            return false;
        }
        // A second name of a file shares its attributes, which its first entry has set.
        return !entry.isLink();
    }

    private static Map<String, String> xattrs(TarArchiveEntry entry) {
        Map<String, String> found = new LinkedHashMap<>();
        entry.getExtraPaxHeaders().forEach((key, value) -> {
            if (key.startsWith(XATTR)) {
                found.put(key.substring(XATTR.length()), value);
            }
        });
        return found;
    }
}
