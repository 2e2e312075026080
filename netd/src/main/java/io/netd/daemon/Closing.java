package io.netd.daemon;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;

/** What has to be closed, in the opposite order of its opening; one failure does not keep the others from closing. */
final class Closing implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Closing.class.getName());

    private final Deque<Opened> opened = new ArrayDeque<>();

    private record Opened(String name, AutoCloseable thing) {}

    <T extends AutoCloseable> T add(String name, T thing) {
        opened.push(new Opened(name, thing));
        return thing;
    }

    @Override
    public void close() {
        while (!opened.isEmpty()) {
            close(opened.pop());
        }
    }

    private static void close(Opened opened) {
        try {
            LOG.log(Level.DEBUG, "closing the " + opened.name());
            opened.thing().close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOG.log(Level.ERROR, "cannot close the " + opened.name(), e);
        }
    }
}
