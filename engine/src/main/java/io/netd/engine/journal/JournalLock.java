package io.netd.engine.journal;

import io.netd.linux.fs.FileFailure;
import io.netd.linux.fs.FileLock;
import io.netd.linux.sys.Errno;
import io.netd.linux.sys.LinuxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/** Who may write the journal: the daemon for its life, or one call of a plugin at a time while no daemon runs. */
public final class JournalLock implements AutoCloseable {
    private static final String NAME = "journal.lock";

    private final FileLock lock;

    private JournalLock(FileLock lock) {
        this.lock = lock;
    }

    /**
     * Takes the lock, waiting for whoever has it.
     *
     * @throws JournalBusyException naming the holder when the time is up
     */
    public static JournalLock acquire(Path execRoot, Duration patience) {
        Path file = execRoot.resolve(NAME);
        try {
            Files.createDirectories(execRoot);
            FileLock lock = FileLock.acquire(file, patience);
            Files.writeString(file, me(), StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
            return new JournalLock(lock);
        } catch (LinuxException e) {
            throw e.errno() == Errno.EAGAIN
                    ? new JournalBusyException(file + " is held by " + holder(file), e)
                    : new JournalException(e.getMessage(), e);
        } catch (IOException e) {
            throw new JournalException(file + ": " + FileFailure.reason(e), e);
        }
    }

    private static String me() {
        ProcessHandle self = ProcessHandle.current();
        return "pid " + self.pid() + " (" + self.info().command().orElse("java") + ")";
    }

    private static String holder(Path file) {
        try {
            String text = Files.readString(file);
            return text.isEmpty() ? "another process" : text;
        } catch (IOException e) {
            return "another process";
        }
    }

    @Override
    public void close() {
        lock.close();
    }
}
