package io.netd.runtime;

/** How a container is connected; the text form is what {@code --net} takes. */
public sealed interface NetworkMode {
    /** The name of the default network, docker's bridge. */
    String DEFAULT_NETWORK = "bridge";

    /** The text that {@link #parse} reads back. */
    String text();

    /** Reads {@code host}, {@code none}, {@code container:NAME_or_ID}, {@code default} or a network's name. */
    static NetworkMode parse(String text) {
        if (text.startsWith("container:")) {
            return new Container(text.substring("container:".length()));
        }
        return switch (text) {
            case "host" -> new Host();
            case "none" -> new None();
            case "", "default" -> new Own(DEFAULT_NETWORK);
            default -> new Own(text);
        };
    }

    /** A namespace of its own, to be attached to the named network. */
    record Own(String network) implements NetworkMode {
        @Override
        public String text() {
            return network;
        }
    }

    /** The namespace of whoever runs the daemon. */
    record Host() implements NetworkMode {
        @Override
        public String text() {
            return "host";
        }
    }

    /** A namespace of its own that stays empty but for {@code lo}. */
    record None() implements NetworkMode {
        @Override
        public String text() {
            return "none";
        }
    }

    /** The namespace of another container; its name or id when asked for, its full id once created. */
    record Container(String nameOrId) implements NetworkMode {
        /** Refuses an empty target. */
        public Container {
            if (nameOrId.isEmpty()) {
                throw ContainerException.invalid("invalid network mode: container: needs a name or an id");
            }
        }

        @Override
        public String text() {
            return "container:" + nameOrId;
        }
    }
}
