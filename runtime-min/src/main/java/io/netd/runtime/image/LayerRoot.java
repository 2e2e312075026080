package io.netd.runtime.image;

import io.netd.linux.fs.Nodes;
import io.netd.linux.fs.RootDirectory;
import io.netd.linux.sys.Constants;
import io.netd.linux.sys.Errno;
import io.netd.linux.sys.Fd;
import io.netd.linux.sys.LinuxException;
import io.netd.runtime.ContainerException;
import io.netd.runtime.store.FileTree;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

/**
 * A layer's directory while it is being filled. Every name's parent is opened inside the directory by the kernel
 * (symlinks of earlier entries cannot lead out), and what is made is made relative to that handle and never through a
 * symlink of the last name.
 */
final class LayerRoot implements AutoCloseable {
    private static final int HANDLE = Constants.O_PATH | Constants.O_DIRECTORY;
    private static final int LEAST_OWN_PERMISSIONS = 0600;

    private final RootDirectory root;

    private LayerRoot(RootDirectory root) {
        this.root = root;
    }

    static LayerRoot open(Path directory) {
        return new LayerRoot(RootDirectory.open(directory));
    }

    /** What is done with a name below an open parent. */
    private interface Deed {
        void at(Path place) throws IOException;
    }

    private void at(EntryName name, Deed deed) throws IOException {
        if (name.isRoot()) {
            try (Fd self = root.open(".", HANDLE)) {
                // With the dot it is the directory itself, not the symlink that /proc shows.
                deed.at(self.procPath().resolve("."));
            }
            return;
        }
        try (Fd parent = directory(name.parent())) {
            deed.at(parent.procPath().resolve(name.last()));
        }
    }

    /** Opens a directory, making what is missing of it. */
    private Fd directory(EntryName name) throws IOException {
        try {
            return root.open(name.path(), HANDLE);
        } catch (LinuxException e) {
            if (e.errno() != Errno.ENOENT || name.isRoot()) {
                throw ContainerException.invalid(
                        "archive entry below '" + name.path() + "' is refused: " + e.getMessage());
            }
        }
        try (Fd parent = directory(name.parent())) {
            Files.createDirectory(parent.procPath().resolve(name.last()));
        } catch (FileAlreadyExistsException e) {
            throw ContainerException.invalid(
                    "archive entry below '" + name.path() + "' is refused: a symlink there leads nowhere");
        }
        return root.open(name.path(), HANDLE);
    }

    void makeDirectory(EntryName name) throws IOException {
        at(name, place -> {
            if (!Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
                FileTree.delete(place);
                Files.createDirectory(place);
            }
        });
    }

    void makeFile(EntryName name, InputStream content) throws IOException {
        at(name, place -> {
            FileTree.delete(place);
            try (OutputStream out =
                    Files.newOutputStream(place, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                content.transferTo(out);
            }
        });
    }

    /** The target is text for those who follow it later, inside the container. */
    void makeSymlink(EntryName name, String target) throws IOException {
        if (target.isEmpty() || target.indexOf('\0') >= 0) {
            throw ContainerException.invalid("archive entry '" + name.path() + "' is refused: a symlink to nothing");
        }
        at(name, place -> {
            FileTree.delete(place);
            Files.createSymbolicLink(place, Path.of(target));
        });
    }

    /** link(2) does not follow a symlink in the target's last name; its parent is resolved inside the root like any other. */
    void makeHardLink(EntryName name, EntryName target) throws IOException {
        if (target.isRoot() || target.equals(name)) {
            throw ContainerException.invalid(
                    "archive entry '" + name.path() + "' is refused: a link to itself or the root");
        }
        at(
                target,
                existing -> at(name, place -> {
                    try {
                        if (Files.isSameFile(existing, place)) {
                            return;
                        }
                    } catch (NoSuchFileException notYet) {
                        // The usual case; a missing target shows in createLink.
                    }
                    FileTree.delete(place);
                    try {
                        Files.createLink(place, existing);
                    } catch (FileSystemException e) {
                        throw ContainerException.invalid("archive entry '" + name.path() + "' is refused: it links to '"
                                + target.path() + "', which is not in the archive before it");
                    }
                }));
    }

    void makeNode(EntryName name, TarArchiveEntry entry) throws IOException {
        int major = entry.getDevMajor();
        int minor = entry.getDevMinor();
        if (entry.isCharacterDevice() && major == 0 && minor == 0) {
            throw ContainerException.invalid(
                    "archive entry '" + name.path() + "' is refused: character device 0:0 would hide a file");
        }
        int kind =
                entry.isFIFO() ? Constants.S_IFIFO : entry.isCharacterDevice() ? Constants.S_IFCHR : Constants.S_IFBLK;
        at(name, place -> {
            FileTree.delete(place);
            Nodes.make(place, kind | LEAST_OWN_PERMISSIONS, major, minor);
        });
    }

    /** A character device 0:0: the overlay shows nothing of that name. What the same layer has of that name stays. */
    void makeWhiteout(EntryName name) throws IOException {
        if (name.isRoot()) {
            throw ContainerException.invalid("a whiteout of the root is refused");
        }
        at(name, place -> {
            if (!Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
                Nodes.make(place, Constants.S_IFCHR, 0, 0);
            }
        });
    }

    /** The overlay shows nothing of lower layers in it; the mount option {@code userxattr} makes the mark count. */
    void makeOpaque(EntryName name) throws IOException {
        try (Fd self = directory(name)) {
            xattrs(self.procPath()).write("overlay.opaque", ByteBuffer.wrap(new byte[] {'y'}));
        }
    }

    void setAttributes(EntryName name, Attributes attributes) throws IOException {
        at(name, attributes::applyTo);
    }

    /** A directory's time goes back when everything is in it; a later entry may have replaced it. */
    void setDirectoryTime(EntryName name, FileTime time) throws IOException {
        at(name, place -> {
            if (Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
                Attributes.setTime(place, time);
            }
        });
    }

    /** Java reaches the user's attributes only; marks of the overlay itself are not for an archive to set. */
    void setUserXattrs(EntryName name, Map<String, String> values) throws IOException {
        for (Map.Entry<String, String> value : values.entrySet()) {
            String key = value.getKey();
            if (key.startsWith("user.") && !key.startsWith("user.overlay.")) {
                byte[] bytes = value.getValue().getBytes(StandardCharsets.UTF_8);
                at(name, place -> xattrs(place).write(key.substring("user.".length()), ByteBuffer.wrap(bytes)));
            }
        }
    }

    private static UserDefinedFileAttributeView xattrs(Path place) {
        return Files.getFileAttributeView(place, UserDefinedFileAttributeView.class);
    }

    @Override
    public void close() {
        root.close();
    }
}
