package io.netd.daemon.fault;

import io.netd.linux.proc.ProgramException;
import io.netd.linux.sys.Errno;
import io.netd.linux.sys.LinuxException;
import io.netd.netlink.NetlinkException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * Lets one step of what netd does to the world fail: the step with a given number since the faults were armed. The steps
 * call in here by what {@link FaultPoints} puts into their code. Any thread; one fault at a time.
 */
public final class Faults {
    /** How a step fails. */
    public enum Kind {
        /** It is refused and has done nothing: a netlink message by the kernel, a file by its file system, a program. */
        REFUSED,
        /** It is done, and only its answer is lost. */
        ANSWER_LOST
    }

    private static final int HEADER = 16;
    private static final int TYPE = 4;
    private static final int ALIGNMENT = 3;

    /** The shortest message of all begins and ends a batch of nfnetlink, which frames it and is no step of its own. */
    private static final int FRAME = 20;

    private static final short NO_SUCH_TYPE = 0x0fff;

    private static Optional<Kind> armed = Optional.empty();
    private static Optional<String> hit = Optional.empty();
    private static int left;
    private static boolean isLasting;

    private Faults() {}

    /** From now on the steps are counted, and the one of that number fails; the first one is 1. */
    public static synchronized void arm(Kind kind, int number) {
        armed = Optional.of(kind);
        hit = Optional.empty();
        left = number;
        isLasting = false;
    }

    /**
     * As if the process were killed at the step of that number: it is refused and so is whatever comes after it, undoing
     * included.
     */
    public static synchronized void armKill(int number) {
        arm(Kind.REFUSED, number);
        isLasting = true;
    }

    /** No step fails any more; which one did. */
    public static synchronized Optional<String> disarm() {
        armed = Optional.empty();
        return hit;
    }

    /** A step is about to be done. */
    public static void before(String step) {
        if (strikes(Kind.REFUSED, step)) {
            throw failure(step);
        }
    }

    /** A step is done. */
    public static void after(String step) {
        if (strikes(Kind.ANSWER_LOST, step)) {
            throw failure(step);
        }
    }

    /** A netlink batch is about to be sent: each of its messages is a step, and the kernel itself refuses the one that fails. */
    public static void messages(ByteBuffer batch, String request) {
        ByteBuffer bytes = batch.duplicate().order(ByteOrder.nativeOrder());
        int at = bytes.position();
        while (at + HEADER <= bytes.limit()) {
            int length = bytes.getInt(at);
            if (length != FRAME && strikes(Kind.REFUSED, "message " + bytes.getShort(at + TYPE) + " of: " + request)) {
                bytes.putShort(at + TYPE, NO_SUCH_TYPE);
            }
            at += length + ALIGNMENT & ~ALIGNMENT;
        }
    }

    private static synchronized boolean strikes(Kind kind, String step) {
        boolean counts = armed.filter(kind::equals).isPresent();
        boolean strikes = counts && (--left == 0 || isLasting && left < 0);
        if (strikes && hit.isEmpty()) {
            hit = Optional.of(step);
        }
        return strikes;
    }

    private static RuntimeException failure(String step) {
        if (step.contains(".netlink.")) {
            return NetlinkException.lost(Errno.ENOBUFS, step, "");
        }
        return step.contains(".proc.")
                ? new ProgramException(step + ": broken", new IOException("broken"))
                : new LinuxException("do", step.endsWith("open") ? Errno.EMFILE : Errno.EIO, step);
    }
}
