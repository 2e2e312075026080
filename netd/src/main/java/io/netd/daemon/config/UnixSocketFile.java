package io.netd.daemon.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalNotFoundException;

/** The file of a listening unix socket: for root and, where there is such a group, for the group netd. */
public final class UnixSocketFile {
    private final Path path;
    private final String group;

    /**
     * A file that need not exist yet.
     *
     * @param group who besides the owner may connect, when there is such a group
     */
    public UnixSocketFile(Path path, String group) {
        this.path = path;
        this.group = group;
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    /** Makes the directory, and takes away a socket that nobody listens on any more. */
    public void makeRoom() {
        try {
            Files.createDirectories(path.toAbsolutePath().getParent());
            if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                removeStale();
            }
        } catch (IOException e) {
            throw new ConfigException("cannot make room for the socket " + path + ": " + e);
        }
    }

    private void removeStale() throws IOException {
        if (Files.readAttributes(path, java.nio.file.attribute.PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .isRegularFile()) {
            throw new ConfigException(path + " is a file, not a socket of ours");
        }
        try (SocketChannel probe = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            throw new ConfigException("somebody listens on " + path + " already (" + probe + ")");
        } catch (java.net.ConnectException e) {
            Files.delete(path);
        }
    }

    /**
     * Lets the group in. Until then only the owner can connect: that takes write permission, which the usual umask
     * denies everybody else.
     */
    public void protect() {
        try {
            PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
            view.setPermissions(PosixFilePermissions.fromString("rw-------"));
            GroupPrincipal principal =
                    path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByGroupName(group);
            view.setGroup(principal);
            view.setPermissions(PosixFilePermissions.fromString("rw-rw----"));
        } catch (UserPrincipalNotFoundException e) {
            return;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot protect " + path, e);
        }
    }
}
