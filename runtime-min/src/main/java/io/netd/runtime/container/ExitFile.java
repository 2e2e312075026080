package io.netd.runtime.container;

import io.netd.linux.fs.FileFailure;
import io.netd.runtime.ContainerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a monitor writes when its container has ended: {@code CODE SECONDS.NANOS}. */
final class ExitFile {
    private static final Pattern FORM = Pattern.compile("(\\d{1,3}) (\\d{1,12})\\.(\\d{9})\\s*");

    /** How and when a container ended. */
    record Exit(int code, Instant time) {}

    private ExitFile() {}

    /** Empty when there is none, or none that can be read. */
    static Optional<Exit> read(Path file) {
        try {
            Matcher text = FORM.matcher(Files.readString(file));
            return text.matches()
                    ? Optional.of(new Exit(
                            Integer.parseInt(text.group(1)),
                            Instant.ofEpochSecond(Long.parseLong(text.group(2)), Long.parseLong(text.group(3)))))
                    : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw ContainerException.failed("read " + file + ": " + FileFailure.reason(e), e);
        }
    }
}
