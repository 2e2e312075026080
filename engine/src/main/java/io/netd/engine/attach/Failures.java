package io.netd.engine.attach;

import io.netd.cni.CniException;
import io.netd.cni.ErrorCode;
import io.netd.engine.journal.JournalBusyException;
import io.netd.engine.journal.JournalException;
import io.netd.engine.work.QueueFullException;
import io.netd.portmap.PortTakenException;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;

/** Turns whatever went wrong into what a runtime is told. Total: it has an answer for everything. */
public final class Failures {
    /** netd's own code: a host port is somebody else's. */
    public static final int PORT_TAKEN = 101;

    private Failures() {}

    /** The failure in the protocol's terms; its cause is kept. */
    public static CniException of(Throwable failure) {
        if (failure instanceof CompletionException wrapper && wrapper.getCause() != null) {
            return of(wrapper.getCause());
        }
        if (failure instanceof CniException known) {
            return known;
        }
        return new CniException(code(failure), text(failure), failure);
    }

    /** Several failures as one, the first one's code. */
    static CniException all(List<? extends Throwable> failures) {
        CniException first = of(failures.get(0));
        if (failures.size() == 1) {
            return first;
        }
        String text = failures.stream().map(failure -> of(failure).getMessage()).collect(Collectors.joining("; "));
        CniException all = new CniException(first.code(), text, first);
        failures.stream().skip(1).forEach(all::addSuppressed);
        return all;
    }

    private static int code(Throwable failure) {
        if (failure instanceof PortTakenException) {
            return PORT_TAKEN;
        }
        if (failure instanceof QueueFullException || failure instanceof JournalBusyException) {
            return ErrorCode.TRY_LATER;
        }
        if (isRefusal(failure)) {
            return ErrorCode.INVALID_CONFIG;
        }
        return failure instanceof JournalException ? ErrorCode.IO_FAILURE : ErrorCode.INTERNAL;
    }

    /** A value refuses what it cannot be made of: what came in was well formed, and no door knew better. */
    private static boolean isRefusal(Throwable failure) {
        return failure instanceof IllegalArgumentException && failure.getMessage() != null;
    }

    private static String text(Throwable failure) {
        String message = failure.getMessage();
        boolean isOurs = failure.getClass().getName().startsWith("io.netd.") || isRefusal(failure);
        return message == null || !isOurs ? failure.toString() : message;
    }
}
