package io.netd.daemon.plugin;

import io.netd.cni.CniException;
import io.netd.cni.CniRequest;
import io.netd.cni.Command;
import io.netd.cni.ErrorCode;
import io.netd.cni.RecentConfigs;
import io.netd.daemon.frame.BrokenFrameException;
import io.netd.engine.attach.Failures;
import io.netd.engine.event.TraceContext;
import io.netd.engine.host.Asker;
import io.netd.engine.host.HostRef;
import io.netd.plugins.spi.CallingProgram;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/** DELs that clients put on disk while no daemon answered; carried out before the doors open, or once it answers again. */
public final class DelQueue {
    private static final Logger LOG = System.getLogger(DelQueue.class.getName());
    private static final long LIMIT = 8L << 20;

    private final Path directory;
    private final Verbs verbs;
    private final CallerHosts hosts;

    /** The queue below {@code execRoot}. */
    public DelQueue(Path execRoot, Verbs verbs, CallerHosts hosts) {
        this.directory = execRoot.resolve("queue");
        this.verbs = verbs;
        this.hosts = hosts;
    }

    /** Where clients put them. */
    Path directory() {
        return directory;
    }

    /** Carries out what waits, oldest first; a DEL that would succeed later stays. Blocks. */
    public void drain() {
        for (Path file : waiting()) {
            try {
                carryOut(file);
                Files.deleteIfExists(file);
            } catch (BrokenFrameException | CniException e) {
                settle(file, e);
            } catch (IOException e) {
                LOG.log(Level.ERROR, "queued DEL " + file + ": " + e);
            }
        }
    }

    private List<Path> waiting() {
        List<Path> files = new ArrayList<>();
        if (!Files.isDirectory(directory)) {
            return files;
        }
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, "*.del")) {
            found.forEach(files::add);
        } catch (IOException e) {
            LOG.log(Level.ERROR, "cannot read " + directory + ": " + e);
        }
        Collections.sort(files);
        return files;
    }

    private void carryOut(Path file) throws IOException {
        if (Files.size(file) > LIMIT) {
            throw new BrokenFrameException("more than " + LIMIT + " bytes");
        }
        QueuedCall queued = QueuedCall.decode(Files.readAllBytes(file));
        CniRequest request = PluginRequests.parse(
                queued.call().name(), queued.call().environment(), queued.input(), new RecentConfigs());
        if (request.command() != Command.DEL) {
            throw new BrokenFrameException(request.command() + " is not queued");
        }
        Optional<HostRef> host = hosts.find(queued.call().host());
        if (host.isEmpty()) {
            LOG.log(Level.INFO, "queued DEL " + file + ": its host is gone, and all it had with it");
            return;
        }
        CallingProgram caller = new CallingProgram(
                queued.call().environment(), text -> LOG.log(Level.INFO, "queued DEL " + file + ": " + text.strip()));
        Asker asker = new Asker(Optional::empty, TraceContext.of(caller.environment()), caller);
        carryOut(host.get().askedBy(asker), request);
        LOG.log(
                Level.INFO,
                "queued DEL of " + request.attachment().map(Object::toString).orElse("") + " carried out");
    }

    private void carryOut(HostRef host, CniRequest request) {
        try {
            verbs.carryOut(host, request).toCompletableFuture().join();
        } catch (CompletionException e) {
            throw Failures.of(e);
        }
    }

    /** Later helps only where the failure says so; anything else would fail at every start. */
    private static void settle(Path file, RuntimeException failure) {
        LOG.log(Level.WARNING, "queued DEL " + file + ": " + failure.getMessage());
        boolean isPassing = failure instanceof CniException known && known.code() == ErrorCode.TRY_LATER;
        if (isPassing) {
            return;
        }
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.log(Level.ERROR, "queued DEL " + file + ": " + e);
        }
    }
}
