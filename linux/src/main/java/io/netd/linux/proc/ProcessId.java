package io.netd.linux.proc;

import io.netd.linux.sys.Constants;
import io.netd.linux.sys.Errno;
import io.netd.linux.sys.Fd;
import io.netd.linux.sys.Libc;
import io.netd.linux.sys.LinuxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A process that cannot be mistaken for a later one with the same number.
 *
 * @param startTime in clock ticks since boot, as in {@code /proc/PID/stat}
 */
public record ProcessId(int pid, long startTime) {
    /** Field 22, counted from the state, which is field 3. */
    private static final int START_TIME = 22 - 3;

    /** The process that has this number now; empty when there is none or only its zombie. */
    public static Optional<ProcessId> of(int pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Integer.toString(pid), "stat"));
            // The name in parentheses may itself have blanks and parentheses.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            boolean dead = fields[0].equals("Z") || fields[0].equals("X");
            return dead ? Optional.empty() : Optional.of(new ProcessId(pid, Long.parseLong(fields[START_TIME])));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Whether the process still runs. A zombie does not. */
    public boolean isAlive() {
        return of(pid).filter(this::equals).isPresent();
    }

    /**
     * Sends a signal to exactly this process.
     *
     * @param signal {@code SIG*} of {@link Constants}
     * @throws LinuxException ESRCH when it is gone, EPERM when that is not allowed
     */
    public void signal(int signal) {
        try (Fd fd = openPidfd().orElseThrow(() -> new LinuxException("kill", Errno.ESRCH, toString()))) {
            long result = Libc.raw().syscall(Constants.SYS_PIDFD_SEND_SIGNAL, fd.number(), signal, 0, 0);
            Libc.check("pidfd_send_signal", (int) result, this);
        }
    }

    /** A descriptor that becomes readable when the process ends; empty when it has ended. */
    Optional<Fd> openPidfd() {
        long result = Libc.raw().syscall(Constants.SYS_PIDFD_OPEN, pid, 0, 0, 0);
        if (result == -1 && Libc.lastErrno() == Errno.ESRCH) {
            return Optional.empty();
        }
        Fd fd = Fd.owning(Libc.check("pidfd_open", (int) result, this));
        // The number may have been given away between the look and the open; now it is held.
        if (isAlive()) {
            return Optional.of(fd);
        }
        fd.close();
        return Optional.empty();
    }

    @Override
    public String toString() {
        return Integer.toString(pid);
    }
}
