package io.netd.engine.network;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.netd.engine.journal.Folder;
import io.netd.engine.journal.JournalException;
import io.netd.firewall.Framework;
import io.netd.firewall.Owner;
import io.netd.firewall.Rule;
import io.netd.linux.fs.FileFailure;
import io.netd.plugins.spi.HostKey;
import io.netd.plugins.spi.trace.RulesTrace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The bridge networks that were decided, one file each below {@code networks/}. Any thread. */
public final class NetworkStore {
    private final Map<String, BridgeRecord> records = new LinkedHashMap<>();
    private final Folder folder;
    private final JsonMapper mapper;

    /** Reads what is there. */
    public NetworkStore(Path execRoot, JsonMapper mapper) {
        this.folder = new Folder(execRoot.resolve("networks"));
        this.mapper = mapper;
        folder.read(this::load);
    }

    /** One network of a host. */
    public synchronized Optional<BridgeRecord> find(HostKey host, String name) {
        return Optional.ofNullable(records.get(name))
                .filter(record -> record.host().equals(host));
    }

    /** All networks of a host. */
    public synchronized List<BridgeRecord> of(HostKey host) {
        return records.values().stream()
                .filter(record -> record.host().equals(host))
                .toList();
    }

    /** The rules that stand for a host's networks, where they stand if {@code usual} is where rules are put now. */
    public Map<Owner, List<Rule>> rules(HostKey host, Framework usual) {
        Map<Owner, List<Rule>> rules = new LinkedHashMap<>();
        rules(host).forEach(trace -> rules.put(trace.owner(), trace.standing(usual)));
        return rules;
    }

    /** The rules that a host's networks left. */
    Stream<RulesTrace> rules(HostKey host) {
        return of(host).stream()
                .flatMap(record -> record.traces().stream())
                .filter(RulesTrace.class::isInstance)
                .map(RulesTrace.class::cast);
    }

    /** Writes a network down. */
    synchronized void write(BridgeRecord record) {
        try {
            folder.write(file(record), mapper.writeValueAsBytes(record));
        } catch (JsonProcessingException e) {
            throw new JournalException("network " + record.name() + ": " + e.getOriginalMessage(), e);
        }
        records.put(record.name(), record);
    }

    /** Forgets a network. */
    synchronized void remove(BridgeRecord record) {
        folder.remove(file(record));
        records.remove(record.name());
    }

    private void load(Path file, byte[] bytes) {
        try {
            BridgeRecord record = mapper.readValue(bytes, BridgeRecord.class);
            if (record.format() > BridgeRecord.FORMAT) {
                throw new JournalException(file + ": format " + record.format() + " is of a newer netd");
            }
            records.put(record.name(), record);
        } catch (IOException e) {
            throw new JournalException(file + ": " + FileFailure.reason(e), e);
        }
    }

    private static Path file(BridgeRecord record) {
        return Path.of(record.name() + ".json");
    }
}
