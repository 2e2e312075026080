package io.netd.cni;

import java.util.Optional;

/** What a runtime asks of a plugin, by {@code CNI_COMMAND}. */
public enum Command {
    /** Attach a container to a network. */
    ADD(true, true, true),
    /** Undo an attachment; the namespace may be gone. */
    DEL(true, true, false),
    /** Verify that an attachment is still as its result says. */
    CHECK(true, true, true),
    /** Say whether ADD could be served now. */
    STATUS(false, false, false),
    /** Drop everything of a network that belongs to no listed attachment. */
    GC(false, false, false),
    /** Name the supported versions. */
    VERSION(false, false, false);

    private final boolean needsContainer;
    private final boolean needsInterface;
    private final boolean needsNamespace;

    Command(boolean needsContainer, boolean needsInterface, boolean needsNamespace) {
        this.needsContainer = needsContainer;
        this.needsInterface = needsInterface;
        this.needsNamespace = needsNamespace;
    }

    /** The command of this exact, upper-case name. */
    public static Optional<Command> of(String name) {
        for (Command command : values()) {
            if (command.name().equals(name)) {
                return Optional.of(command);
            }
        }
        return Optional.empty();
    }

    /** Whether {@code CNI_CONTAINERID} must be set. */
    boolean needsContainer() {
        return needsContainer;
    }

    /** Whether {@code CNI_IFNAME} must be set. */
    boolean needsInterface() {
        return needsInterface;
    }

    /** Whether {@code CNI_NETNS} must be set. */
    boolean needsNamespace() {
        return needsNamespace;
    }

    /** Whether the command only tidies up, so that a broken part of its input must not stop it. */
    boolean isTidying() {
        return this == DEL || this == GC;
    }
}
