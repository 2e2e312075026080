package io.netd.netctl.command;

import io.netd.netctl.api.PluginChange;
import java.util.function.Consumer;

/** Prints what is done to a plugin folder as it is done, one line each. */
final class PluginChanges implements Consumer<PluginChange> {
    private final Session session;
    private final FormatOption format;
    private boolean hasSpoken;

    PluginChanges(Session session, FormatOption format) {
        this.session = session;
        this.format = format;
    }

    @Override
    public void accept(PluginChange change) {
        hasSpoken = true;
        session.out().println(format.text(change).orElseGet(() -> sentence(change)));
    }

    /** A person gets a word in any case, a program nothing for nothing. */
    void sayWhenNone(String sentence) {
        if (!hasSpoken && format.value().isEmpty()) {
            session.out().println(sentence);
        }
    }

    private static String sentence(PluginChange change) {
        return switch (change.action()) {
            case MADE -> "made " + change.path();
            case INSTALLED -> "installed " + change.path() + kept(change, ", what stood there is kept as ");
            case UNCHANGED -> "unchanged " + change.path();
            case RESTORED -> "restored " + change.path();
            case REMOVED -> "removed " + change.path();
            case LEFT_ALONE ->
                "left alone " + change.path() + ": it is not netd's any more"
                        + kept(change, "; what stood there before is ");
        };
    }

    private static String kept(PluginChange change, String words) {
        return change.kept().map(path -> words + path).orElse("");
    }
}
