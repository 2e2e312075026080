package io.netd.engine.host;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.netd.engine.journal.Folder;
import io.netd.engine.journal.JournalException;
import io.netd.linux.fs.FileFailure;
import io.netd.linux.ns.NetworkNamespace;
import io.netd.linux.sys.Fd;
import io.netd.linux.sysctl.Sysctl;
import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.trace.SysctlTrace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What settings of our own host were before netd changed them, one file each below {@code settings/}, until they are
 * given back. They are looked at with every ADD, through files that stay open. Any thread.
 */
public final class KeptSettings implements AutoCloseable {
    private final Map<String, SysctlTrace> kept = new LinkedHashMap<>();
    private final Map<String, Fd> files = new HashMap<>();
    private final Folder folder;
    private final JsonMapper mapper;

    /** Reads what is there. */
    public KeptSettings(Path execRoot, JsonMapper mapper) {
        this.folder = new Folder(execRoot.resolve("settings"));
        this.mapper = mapper;
        folder.read(this::load);
    }

    /** Sets it in our own host's namespace; what it was is on disk before. */
    synchronized void ensure(NetworkNamespace own, String key, String value) {
        Fd file = files.computeIfAbsent(key, name -> own.call(() -> Sysctl.open(name)));
        String old = Sysctl.read(file);
        if (old.equals(value)) {
            return;
        }
        if (!kept.containsKey(key)) {
            keep(new SysctlTrace(key, old));
        }
        own.run(() -> Sysctl.write(key, value));
    }

    /** Makes all of them what they were; which. */
    public synchronized List<String> giveBack(Host host) {
        List<String> keys = List.copyOf(kept.keySet());
        kept.values().forEach(trace -> trace.revert(host));
        kept.clear();
        folder.clear();
        return keys;
    }

    /** Lets the files go that it reads. */
    @Override
    public synchronized void close() {
        files.values().forEach(Fd::close);
        files.clear();
    }

    private void keep(SysctlTrace trace) {
        try {
            folder.write(Path.of(trace.key() + ".json"), mapper.writeValueAsBytes(trace));
        } catch (JsonProcessingException e) {
            throw new JournalException("setting " + trace.key() + ": " + e.getOriginalMessage(), e);
        }
        kept.put(trace.key(), trace);
    }

    private void load(Path file, byte[] bytes) {
        try {
            SysctlTrace trace = mapper.readValue(bytes, SysctlTrace.class);
            kept.put(trace.key(), trace);
        } catch (IOException e) {
            throw new JournalException(file + ": " + FileFailure.reason(e), e);
        }
    }
}
