package io.netd.linux.testing;

import io.netd.linux.ns.NetworkNamespace;
import io.netd.linux.proc.Program;
import java.util.function.Supplier;

/** A network namespace for one test, looked at through other people's programs. Its lo is up. */
public final class ThrowawayNamespace implements AutoCloseable {
    private final NetworkNamespace namespace = NetworkNamespace.create();

    private ThrowawayNamespace() {}

    /** A new one. */
    public static ThrowawayNamespace create() {
        ThrowawayNamespace created = new ThrowawayNamespace();
        created.sh("ip link set lo up");
        return created;
    }

    /** The namespace; it stays this object's own. */
    public NetworkNamespace namespace() {
        return namespace;
    }

    /** The body's result inside. */
    public <T> T call(Supplier<T> body) {
        return namespace.call(body);
    }

    /** Runs the body inside. */
    public void run(Runnable body) {
        namespace.run(body);
    }

    /** What a shell command prints inside; fails the test when it does not end with 0. */
    public String sh(String script) {
        return exec("sh", "-c", script);
    }

    /** What a program prints inside; fails the test when it does not end with 0. */
    public String exec(String... command) {
        Program.Output output = attempt(command);
        if (!output.succeeded()) {
            throw new AssertionError(String.join(" ", command) + ": " + output);
        }
        return output.out();
    }

    /** What a program answers inside, whatever its exit code. */
    public Program.Output attempt(String... command) {
        return namespace.call(() -> Program.of(command).run());
    }

    @Override
    public void close() {
        namespace.close();
    }
}
