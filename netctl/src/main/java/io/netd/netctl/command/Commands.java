package io.netd.netctl.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Every command by its words, in the order that help lists them. */
public final class Commands {
    private static final Map<String, Supplier<NetctlCommand>> BY_WORDS = new LinkedHashMap<>();

    static {
        BY_WORDS.put("run", Run::new);
        BY_WORDS.put("exec", Exec::new);
        BY_WORDS.put("ps", Ps::new);
        BY_WORDS.put("stop", Stop::new);
        BY_WORDS.put("kill", Kill::new);
        BY_WORDS.put("rm", Rm::new);
        BY_WORDS.put("logs", Logs::new);
        BY_WORDS.put("wait", Wait::new);
        BY_WORDS.put("inspect", Inspect::new);
        BY_WORDS.put("port", Port::new);
        BY_WORDS.put("port add", PortAdd::new);
        BY_WORDS.put("port rm", PortRm::new);
        BY_WORDS.put("port owner", PortOwner::new);
        BY_WORDS.put("import", Import::new);
        BY_WORDS.put("images", Images::new);
        BY_WORDS.put("network create", NetworkCreate::new);
        BY_WORDS.put("network rm", NetworkRm::new);
        BY_WORDS.put("network ls", NetworkLs::new);
        BY_WORDS.put("network inspect", NetworkInspect::new);
        BY_WORDS.put("topology", TopologyCommand::new);
        BY_WORDS.put("trace", Trace::new);
        BY_WORDS.put("firewall show", FirewallShow::new);
        BY_WORDS.put("events", Events::new);
        BY_WORDS.put("info", Info::new);
        BY_WORDS.put("version", Version::new);
        BY_WORDS.put("doctor", Doctor::new);
        BY_WORDS.put("cni install", CniInstall::new);
        BY_WORDS.put("cni uninstall", CniUninstall::new);
        BY_WORDS.put("cni check", CniCheck::new);
        BY_WORDS.put("system uninstall", SystemUninstall::new);
    }

    private static final Map<String, String> GROUPS = Map.of(
            "network",
            "Manage networks",
            "firewall",
            "Look at netd's rules",
            "cni",
            "Manage the CNI plugins and networks of a runtime",
            "system",
            "Manage netd");

    private Commands() {}

    /** The command that the first one or two words name, with the words behind it. */
    public static Optional<Found> find(List<String> words) {
        for (int count = Math.min(2, words.size()); count > 0; count--) {
            String name = String.join(" ", words.subList(0, count));
            Supplier<NetctlCommand> maker = BY_WORDS.get(name);
            if (maker != null) {
                return Optional.of(new Found(name, maker.get(), words.subList(count, words.size())));
            }
        }
        return Optional.empty();
    }

    /** What the commands are for that begin with this word; empty where the word begins none of several. */
    public static Optional<String> group(String word) {
        return Optional.ofNullable(GROUPS.get(word));
    }

    /** The words of every command. */
    public static List<String> names() {
        return List.copyOf(BY_WORDS.keySet());
    }

    /** A fresh command of that name, for its help. */
    public static NetctlCommand make(String name) {
        return BY_WORDS.get(name).get();
    }

    /** A command and what is behind its name on the command line. */
    public record Found(String name, NetctlCommand command, List<String> arguments) {
        /** Copies the arguments. */
        public Found {
            arguments = List.copyOf(arguments);
        }
    }
}
