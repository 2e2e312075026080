package io.netd.daemon.config;

import java.util.Iterator;
import java.util.List;

/** What is left of a command line. */
final class Arguments {
    private final Iterator<String> rest;

    Arguments(List<String> arguments) {
        this.rest = List.copyOf(arguments).iterator();
    }

    boolean hasNext() {
        return rest.hasNext();
    }

    String next() {
        return rest.next();
    }

    String valueOf(String flag) {
        if (!rest.hasNext()) {
            throw new ConfigException("flag needs an argument: " + flag);
        }
        return rest.next();
    }
}
