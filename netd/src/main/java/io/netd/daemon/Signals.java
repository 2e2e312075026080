package io.netd.daemon;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;

/**
 * Handlers for TERM and INT. The class for it, {@code sun.misc.Signal}, is supported (jdk.unsupported) but javac warns of
 * it, hence the reflection; a shutdown hook would not hear a second signal.
 */
final class Signals {
    private Signals() {}

    /** From now on these signals run the action, on a thread of the JVM's, instead of ending the process. */
    static void handle(List<String> names, Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            InvocationHandler invocation = (proxy, method, arguments) -> {
                if (method.getName().equals("handle")) {
                    action.run();
                }
                return null;
            };
            Object handling = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, invocation);
            for (String name : names) {
                Object known = signal.getConstructor(String.class).newInstance(name);
                signal.getMethod("handle", signal, handler).invoke(null, known, handling);
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this Java cannot handle signals", e);
        }
    }
}
