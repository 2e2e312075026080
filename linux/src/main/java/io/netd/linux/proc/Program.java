package io.netd.linux.proc;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A command line to run, without a shell. Immutable; the child gets the calling thread's network and mount namespace.
 *
 * @param name what messages call it
 * @param environment the child's whole environment; empty means this process's own
 * @param timeout how long it may run before it is killed
 * @param outputLimit how many bytes of each output are kept; the rest is read and dropped
 */
public record Program(
        String name,
        List<String> command,
        Optional<Map<String, String>> environment,
        Optional<Path> directory,
        byte[] input,
        Duration timeout,
        int outputLimit) {
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);
    private static final int DEFAULT_LIMIT = 8 << 20;

    /** What the program answered. */
    public record Output(int exitCode, String out, String err) {
        /** Whether it ended with 0. */
        public boolean succeeded() {
            return exitCode == 0;
        }
    }

    /** Copies the collections. */
    public Program {
        command = List.copyOf(command);
        environment = environment.map(Map::copyOf);
        input = input.clone();
    }

    /** A program found on the path, with its arguments, no input and 30 seconds of time. */
    public static Program of(String... command) {
        return of(List.of(command));
    }

    /** {@link #of(String...)} for a list. */
    public static Program of(List<String> command) {
        return new Program(
                command.get(0),
                command,
                Optional.empty(),
                Optional.empty(),
                new byte[0],
                DEFAULT_TIMEOUT,
                DEFAULT_LIMIT);
    }

    /** The same under another name in messages. */
    public Program named(String other) {
        return new Program(other, command, environment, directory, input, timeout, outputLimit);
    }

    /** The same so that it is killed when the thread that runs it ends, in whatever way this process ends. */
    public Program bound() {
        return through(List.of(OwnPath.find("setpriv"), "--pdeathsig", "KILL"));
    }

    /** The same run by another program, which is given the command line as its last arguments and becomes the program. */
    public Program through(List<String> front) {
        List<String> whole = new ArrayList<>(front);
        whole.addAll(command);
        return new Program(name, whole, environment, directory, input, timeout, outputLimit);
    }

    /** The same with these bytes on its standard input. */
    public Program input(byte[] bytes) {
        return new Program(name, command, environment, directory, bytes, timeout, outputLimit);
    }

    /** The same with exactly this environment. */
    public Program environment(Map<String, String> variables) {
        return new Program(name, command, Optional.of(variables), directory, input, timeout, outputLimit);
    }

    /** The same in this working directory. */
    public Program directory(Path path) {
        return new Program(name, command, environment, Optional.of(path), input, timeout, outputLimit);
    }

    /** The same with this much time. */
    public Program timeout(Duration limit) {
        return new Program(name, command, environment, directory, input, limit, outputLimit);
    }

    /** The same keeping at most this many bytes of each output. */
    public Program outputLimit(int bytes) {
        return new Program(name, command, environment, directory, input, timeout, bytes);
    }

    /** A copy of the input. */
    @Override
    public byte[] input() {
        return input.clone();
    }

    /**
     * Runs the program and waits for its end.
     *
     * @throws ProgramException when it cannot be started, ran out of time, or the thread was interrupted; it is killed
     *     then
     */
    public Output run() {
        return new Run(this, start()).finish();
    }

    /**
     * Starts the program for the caller to feed, read and end: its three streams are pipes, and the input of this
     * record is not written.
     *
     * @throws ProgramException when it cannot be started
     */
    public Process start() {
        ProcessBuilder builder = new ProcessBuilder(command);
        directory.ifPresent(path -> builder.directory(path.toFile()));
        environment.ifPresent(variables -> {
            builder.environment().clear();
            builder.environment().putAll(variables);
        });
        try {
            return builder.start();
        } catch (IOException e) {
            throw new ProgramException(name + ": cannot start: " + e.getMessage(), e);
        }
    }

    /** The command line, for messages. */
    @Override
    public String toString() {
        return String.join(" ", command);
    }
}
