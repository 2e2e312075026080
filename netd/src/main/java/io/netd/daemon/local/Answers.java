package io.netd.daemon.local;

import io.netd.netctl.api.NetdException;
import io.netd.runtime.ContainerException;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** Turns what engine and runtime throw into what a command understands: once, at this border. */
final class Answers {
    private static final int COMMAND_NOT_EXECUTABLE = 126;
    private static final int COMMAND_NOT_FOUND = 127;

    private Answers() {}

    static <T> T of(Supplier<T> request) {
        try {
            return request.get();
        } catch (CompletionException e) {
            throw translated(e.getCause() instanceof RuntimeException cause ? cause : e);
        } catch (ContainerException | IllegalArgumentException e) {
            throw translated(e);
        }
    }

    static void run(Runnable request) {
        of(() -> {
            request.run();
            return true;
        });
    }

    private static NetdException translated(RuntimeException failure) {
        if (failure instanceof ContainerException refused) {
            return new NetdException(kind(refused), refused.getMessage());
        }
        NetdException.Kind kind =
                failure instanceof IllegalArgumentException ? NetdException.Kind.INVALID : NetdException.Kind.FAILED;
        return new NetdException(kind, String.valueOf(failure.getMessage()));
    }

    private static NetdException.Kind kind(ContainerException refused) {
        return switch (refused.exitCode()) {
            case COMMAND_NOT_EXECUTABLE -> NetdException.Kind.COMMAND_NOT_EXECUTABLE;
            case COMMAND_NOT_FOUND -> NetdException.Kind.COMMAND_NOT_FOUND;
            default -> NetdException.Kind.valueOf(refused.kind().name());
        };
    }
}
