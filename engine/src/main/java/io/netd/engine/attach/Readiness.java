package io.netd.engine.attach;

import io.netd.cni.CniException;
import io.netd.cni.CniResult;
import io.netd.cni.ErrorCode;
import io.netd.cni.NetworkConfig;
import io.netd.engine.host.OpenHost;
import io.netd.engine.journal.Journal;
import io.netd.engine.journal.Phase;
import io.netd.engine.journal.PluginEntry;
import io.netd.firewall.FirewallException;
import io.netd.firewall.Rule;
import io.netd.plugins.spi.Plugin;
import io.netd.plugins.spi.trace.RulesTrace;
import java.util.List;
import java.util.function.Supplier;

/** How one plugin's part of one network stands: first for whom it serves already, then for the next. */
record Readiness(Plugin plugin, NetworkConfig config, OpenHost host) {
    private static final int SHOWN = 3;

    void require(Journal journal) {
        List<PluginEntry> attached = journal.of(host.key()).stream()
                .flatMap(attachment -> attachment.entry(config.type(), config.name()).stream())
                .filter(entry -> entry.phase() == Phase.ADDED)
                .toList();
        if (!attached.isEmpty()) {
            List<CniResult> results = attached.stream().map(PluginEntry::result).toList();
            plugin.requireIntact(config, results, host);
            requireRules(attached);
        }
        reading(ErrorCode.NOT_AVAILABLE, () -> {
            plugin.status(config, host);
            return plugin;
        });
    }

    private void requireRules(List<PluginEntry> attached) {
        List<Rule> wanted = attached.stream()
                .flatMap(entry -> entry.traces().stream())
                .filter(RulesTrace.class::isInstance)
                .flatMap(trace -> ((RulesTrace) trace).standing(host.firewall().usual()).stream())
                .distinct()
                .toList();
        List<Rule> missing =
                reading(ErrorCode.NOT_AVAILABLE_LIMITED, () -> host.firewall().missing(wanted));
        if (!missing.isEmpty()) {
            String more = missing.size() > SHOWN ? " and " + (missing.size() - SHOWN) + " more" : "";
            throw new CniException(
                    ErrorCode.NOT_AVAILABLE_LIMITED,
                    config.type() + ": rules are missing: "
                            + missing.stream().limit(SHOWN).toList() + more);
        }
    }

    private static <T> T reading(int code, Supplier<T> body) {
        try {
            return body.get();
        } catch (FirewallException e) {
            throw new CniException(code, "the firewall cannot be reached: " + e.getMessage(), e);
        }
    }
}
