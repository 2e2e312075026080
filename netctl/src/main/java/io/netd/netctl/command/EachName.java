package io.netd.netctl.command;

import io.netd.netctl.api.NetdException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** Does a thing to each of several names, goes on past failures, and says 1 if any failed, as docker does. */
final class EachName {
    private EachName() {}

    /** Prints each name that went well, and each failure on standard error. */
    static int run(Session session, List<String> names, Consumer<String> deed) {
        return print(session, names, name -> {
            deed.accept(name);
            return name;
        });
    }

    /** The same, where by force also goes well what is not there. */
    static int remove(Session session, List<String> names, boolean force, Consumer<String> removal) {
        return run(session, names, name -> {
            try {
                removal.accept(name);
            } catch (NetdException e) {
                if (!force || e.kind() != NetdException.Kind.NOT_FOUND) {
                    throw e;
                }
            }
        });
    }

    /** Prints what is told of each name, and each failure on standard error. */
    static int print(Session session, List<String> names, Function<String, Object> told) {
        int code = 0;
        for (String name : names) {
            try {
                session.out().println(told.apply(name));
            } catch (NetdException e) {
                session.err().println("Error response from daemon: " + e.getMessage());
                code = 1;
            }
        }
        return code;
    }
}
