package io.netd.engine.event;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Numbers events and hands them to every subscriber, in order. Subscribers run on the announcing
 * thread and must not wait; one that throws does not disturb the others.
 */
public final class Events {
    private static final Logger LOG = System.getLogger(Events.class.getName());

    private final List<Consumer<Event>> subscribers = new CopyOnWriteArrayList<>();
    private final Clock clock;
    private long sequence;

    public Events(Clock clock) {
        this.clock = clock;
    }

    /** Subscribes to everything from now on; running the answer ends it. */
    public Runnable subscribe(Consumer<Event> subscriber) {
        subscribers.add(subscriber);
        return () -> subscribers.remove(subscriber);
    }

    /** Announces what is already committed, as part of what the thread does. */
    public void announce(String address, String subject, Record payload) {
        announce(address, subject, payload, TraceContext.current());
    }

    /** Announces what is already committed. */
    public synchronized void announce(String address, String subject, Record payload, TraceContext trace) {
        Event event = new Event(++sequence, clock.instant(), address, subject, payload, trace);
        for (Consumer<Event> subscriber : subscribers) {
            hand(subscriber, event);
        }
    }

    private static void hand(Consumer<Event> subscriber, Event event) {
        try {
            subscriber.accept(event);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "a subscriber failed on " + event, e);
        }
    }
}
