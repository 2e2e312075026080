package io.netd.engine.keep;

import io.netd.engine.event.Addresses;
import io.netd.engine.event.Drift;
import io.netd.engine.event.Events;
import io.netd.linux.fs.ClosingWatch;
import io.netd.netlink.nft.RuleMonitor;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/**
 * Puts netd's rules back when somebody removes them. The kernel tells of each change of nf_tables and of its author; netd's
 * own are left out. A burst of changes is one: what is missing is looked for when it has ended.
 */
public final class Keeper implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Keeper.class.getName());
    private static final int VERSION = 1;
    private static final String SUBJECT = "firewall";

    /** Rules that are named in one event. */
    private static final int NAMED = 10;

    private final Repair repair;
    private final Events events;
    private final Optional<Path> lockFile;
    private final Runnable onChange;
    private final Patience patience = new Patience();
    private final Bursts bursts = new Bursts(this::look);
    private Optional<RuleMonitor> monitor = Optional.empty();
    private Optional<ClosingWatch> watch = Optional.empty();
    private volatile String complaint = "";

    /**
     * Hears nothing yet.
     *
     * @param lockFile what is closed after a change of which nf_tables does not tell
     * @param onChange is told at once of each change that is heard of, on a thread of its own; must not wait
     */
    public Keeper(Repair repair, Events events, Optional<Path> lockFile, Runnable onChange) {
        this.repair = repair;
        this.events = events;
        this.lockFile = lockFile;
        this.onChange = onChange;
    }

    /** Begins to hear, in the calling thread's network namespace, which is our own host's. */
    public synchronized void open() {
        if (monitor.isEmpty()) {
            monitor = Optional.of(RuleMonitor.open(change -> heard(change.author())));
            watch = lockFile.map(file -> ClosingWatch.open(file, () -> heard("")));
        }
    }

    private void heard(String author) {
        onChange.run();
        bursts.heard(author);
    }

    /** Who keeps removing rules and how long he is left alone, in words; empty when nobody does. */
    public String complaint() {
        return complaint;
    }

    /** Ends hearing; idempotent. Returns when no repair is under way. */
    @Override
    public synchronized void close() {
        monitor.ifPresent(RuleMonitor::close);
        watch.ifPresent(ClosingWatch::close);
        monitor = Optional.empty();
        watch = Optional.empty();
        bursts.close();
    }

    /** On the thread of the bursts; how long to wait before the next look. */
    private Duration look(List<String> authors) {
        String by = String.join(", ", authors);
        try {
            List<String> missing = repair.run().toCompletableFuture().join();
            if (!missing.isEmpty()) {
                tell(missing, by);
            }
        } catch (CompletionException e) {
            String reason = String.valueOf(e.getCause().getMessage());
            LOG.log(Level.WARNING, "repair the rules: " + reason);
            announce(Addresses.DRIFT_FOUND, reason, by);
            patience.count(System.nanoTime());
            bursts.heard(by);
        }
        return patience.delay();
    }

    private void tell(List<String> missing, String by) {
        String detail = detail(missing);
        announce(Addresses.DRIFT_FOUND, detail, by);
        announce(Addresses.DRIFT_REPAIRED, detail, by);
        LOG.log(Level.INFO, "put back what " + (by.isEmpty() ? "somebody" : by) + " removed: " + detail);
        patience.count(System.nanoTime());
        Duration delay = patience.delay();
        complaint = delay.isZero()
                ? ""
                : (by.isEmpty() ? "somebody" : by) + " removes netd's rules again and again, " + patience.row()
                        + " times by now: they are put back only " + delay.toSeconds() + " s after the next time";
        if (!complaint.isEmpty()) {
            LOG.log(Level.WARNING, complaint);
            announce(Addresses.DRIFT_FOUND, complaint, by);
        }
    }

    private void announce(String address, String detail, String by) {
        events.announce(address, SUBJECT, new Drift(VERSION, "rules", detail, by));
    }

    private static String detail(List<String> missing) {
        String named = String.join("; ", missing.subList(0, Math.min(NAMED, missing.size())));
        return missing.size() > NAMED ? named + "; and " + (missing.size() - NAMED) + " more" : named;
    }
}
