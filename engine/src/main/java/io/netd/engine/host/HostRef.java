package io.netd.engine.host;

import io.netd.linux.fs.RootDirectory;
import io.netd.linux.ns.NetworkNamespace;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Where a request wants to act. Opened at the door; the engine closes it before it answers, so that
 * nothing of ours holds a caller's namespace afterwards. When the caller has gone away an ADD is not
 * begun any more, or taken back.
 */
public final class HostRef implements AutoCloseable {
    private final Optional<Caller> caller;
    private final boolean borrowed;
    private final BooleanSupplier wanted;
    private final Asker asker;

    private HostRef(Optional<Caller> caller, boolean borrowed, BooleanSupplier wanted, Asker asker) {
        this.caller = caller;
        this.borrowed = borrowed;
        this.wanted = wanted;
        this.asker = asker;
    }

    /** The host the daemon itself lives in; containers' namespaces are found by their paths. */
    public static HostRef own() {
        return new HostRef(Optional.empty(), false, () -> true, Asker.within());
    }

    /**
     * A caller's host, which may turn out to be our own.
     *
     * @param namespace the caller's network namespace
     * @param root the caller's root directory
     * @param sandbox the container's namespace, if the caller could open it
     * @param wanted whether somebody still waits for the answer; asked on any thread
     */
    public static HostRef of(
            NetworkNamespace namespace,
            RootDirectory root,
            Optional<NetworkNamespace> sandbox,
            BooleanSupplier wanted) {
        return new HostRef(Optional.of(new Caller(namespace, root, sandbox)), false, wanted, Asker.UNKNOWN);
    }

    /** The same host for one of several hops; closing it closes nothing. */
    public HostRef borrowed() {
        return new HostRef(caller, true, wanted, asker);
    }

    /** The same reference with who asks; the one it was made of is not to be used any more. */
    public HostRef askedBy(Asker known) {
        return new HostRef(caller, borrowed, wanted, known);
    }

    /** Who asks. */
    public Asker asker() {
        return asker;
    }

    /** Whether nobody waits for the answer any more. */
    public boolean isAbandoned() {
        return !wanted.getAsBoolean();
    }

    /** The container's namespace at a path: what the caller opened, or what is there on our own host when it is used. */
    public OpenSandbox sandbox(String path) {
        return caller.map(known -> OpenSandbox.handedOver(path, known.sandbox()))
                .orElseGet(() -> OpenSandbox.at(path));
    }

    /** What the caller handed over; empty for our own host. */
    Optional<Caller> caller() {
        return caller;
    }

    /** Closes what the caller handed over; again is harmless. */
    @Override
    public void close() {
        if (!borrowed) {
            caller.ifPresent(Caller::close);
        }
    }

    /** Three open files of the caller's. */
    record Caller(NetworkNamespace namespace, RootDirectory root, Optional<NetworkNamespace> sandbox)
            implements AutoCloseable {
        @Override
        public void close() {
            namespace.close();
            root.close();
            sandbox.ifPresent(NetworkNamespace::close);
        }
    }
}
