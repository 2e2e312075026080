package io.netd.daemon.fault;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.namedOneOf;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.netd.linux.fs.AtomicFile;
import io.netd.linux.fs.SmallFiles;
import io.netd.linux.net.HeldSocket;
import io.netd.linux.proc.Program;
import io.netd.linux.sys.Fd;
import io.netd.netlink.jna.NetlinkSocket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.loading.ClassReloadingStrategy;
import net.bytebuddy.matcher.ElementMatcher;

/** Puts {@link Faults} into the lowest steps there are: what is sent to the kernel, written to files, and started. */
public final class FaultPoints {
    private FaultPoints() {}

    /** For the rest of this process's life; again is harmless. */
    public static void set() throws ClassNotFoundException {
        ByteBuddyAgent.install();
        weave(Class.forName("io.netd.netlink.jna.Transfer"), Messages.class, named("send"));
        weave(NetlinkSocket.class, Answers.class, named("ask"));
        weave(
                Fd.class,
                Before.class,
                named("open")
                        .and(takesArguments(Path.class, int.class, int.class))
                        .or(namedOneOf("write", "writeAll")));
        weave(AtomicFile.class, After.class, namedOneOf("write", "delete"));
        weave(SmallFiles.class, Before.class, namedOneOf("link", "remove"));
        weave(HeldSocket.class, Before.class, named("open").and(takesArguments(4)));
        weave(Program.class, Around.class, named("run"));
    }

    private static void weave(Class<?> owner, Class<?> advice, ElementMatcher<? super MethodDescription> steps) {
        new ByteBuddy()
                .redefine(owner, ClassFileLocator.ForClassLoader.of(owner.getClassLoader()))
                .visit(Advice.to(advice).on(steps))
                .make()
                .load(owner.getClassLoader(), ClassReloadingStrategy.fromInstalledAgent());
    }

    /** Each message of a batch. */
    static final class Messages {
        @Advice.OnMethodEnter
        static void enter(@Advice.Argument(1) ByteBuffer batch, @Advice.Argument(2) String request) {
            Faults.messages(batch, request);
        }
    }

    /** What may be refused. */
    static final class Before {
        @Advice.OnMethodEnter
        static void enter(@Advice.Origin("#t.#m") String step) {
            Faults.before(step);
        }
    }

    /** The answer to a batch. */
    static final class Answers {
        @Advice.OnMethodExit
        static void exit(@Advice.Origin("#t.#m") String step, @Advice.Argument(0) String request) {
            Faults.after(step + " " + request);
        }
    }

    /** Whose answer may be lost. */
    static final class After {
        @Advice.OnMethodExit
        static void exit(@Advice.Origin("#t.#m") String step) {
            Faults.after(step);
        }
    }

    /** Both. */
    static final class Around {
        @Advice.OnMethodEnter
        static void enter(@Advice.Origin("#t.#m") String step) {
            Faults.before(step);
        }

        @Advice.OnMethodExit
        static void exit(@Advice.Origin("#t.#m") String step) {
            Faults.after(step);
        }
    }
}
