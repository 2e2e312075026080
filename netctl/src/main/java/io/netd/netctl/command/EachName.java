package io.netd.netctl.command;

import io.netd.netctl.api.NetdException;
import java.util.List;
import java.util.function.Consumer;

/** Does a thing to each of several names, goes on past failures, and says 1 if any failed, as docker does. */
final class EachName {
    private EachName() {}

    /** Prints each name that went well, and each failure on standard error. */
    static int run(Session session, List<String> names, Consumer<String> deed) {
        int code = 0;
        for (String name : names) {
            try {
                deed.accept(name);
                session.out().println(name);
            } catch (NetdException e) {
                session.err().println("Error response from daemon: " + e.getMessage());
                code = 1;
            }
        }
        return code;
    }
}
