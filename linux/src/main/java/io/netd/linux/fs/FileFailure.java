package io.netd.linux.fs;

import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Map;
import java.util.Optional;

/** Says why a file operation failed. */
public final class FileFailure {
    private static final Map<Class<?>, String> WORDS = Map.of(
            NoSuchFileException.class, "no such file or directory",
            AccessDeniedException.class, "permission denied",
            FileAlreadyExistsException.class, "file exists",
            NotDirectoryException.class, "not a directory",
            DirectoryNotEmptyException.class, "directory not empty");

    private FileFailure() {}

    /** The message, or the kernel's words where the JDK has put nothing but the file's name into it. */
    public static String reason(Throwable failure) {
        if (failure instanceof UncheckedIOException unchecked) {
            return reason(unchecked.getCause());
        }
        String message = Optional.ofNullable(failure.getMessage())
                .orElse(failure.getClass().getSimpleName());
        boolean isBare = failure instanceof FileSystemException file && file.getReason() == null;
        String words = WORDS.get(failure.getClass());
        return isBare && words != null ? words : message;
    }
}
