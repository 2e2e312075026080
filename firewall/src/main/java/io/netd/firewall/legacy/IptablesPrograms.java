package io.netd.firewall.legacy;

import io.netd.address.IpFamily;
import io.netd.firewall.FirewallException;
import io.netd.firewall.Table;
import io.netd.linux.ns.NetworkNamespace;
import io.netd.linux.proc.Program;
import io.netd.linux.proc.ProgramException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** The legacy save and restore programs, run inside one network namespace. */
public final class IptablesPrograms {
    private static final Path TABLES = Path.of("/proc/thread-self/net");
    private static final List<Path> DIRECTORIES = List.of(Path.of("/usr/sbin"), Path.of("/sbin"));

    private final NetworkNamespace namespace;

    /** Runs in this namespace, which stays the caller's and must be open at each call. */
    public IptablesPrograms(NetworkNamespace namespace) {
        this.namespace = namespace;
    }

    /** Returns what {@code iptables-save -t table} prints; nothing where that would make the table, and for good. */
    String save(IpFamily family, Table table) {
        return hasTable(family, table) ? run(Program.of(name(family, "save"), "-t", table.toString())) : "";
    }

    /** The kernel lists the tables of the reading thread's namespace. */
    private boolean hasTable(IpFamily family, Table table) {
        Path names = TABLES.resolve(family == IpFamily.IPV4 ? "ip_tables_names" : "ip6_tables_names");
        return namespace.call(() -> isListed(names, table.toString()));
    }

    private static boolean isListed(Path names, String table) {
        try {
            return Files.readAllLines(names).contains(table);
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw new FirewallException("read " + names + ": " + e.getMessage(), e);
        }
    }

    /** Gives {@code text} to {@code iptables-restore --noflush}, waiting for the lock of other iptables runs. */
    void restore(IpFamily family, String text) {
        run(Program.of(name(family, "restore"), "--noflush", "-w").input(text.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Makes sure that the programs are there, without starting one: the first use of a table makes it for good.
     *
     * @throws FirewallException naming one that is not
     */
    void requireInstalled() {
        for (String verb : List.of("save", "restore")) {
            String name = name(IpFamily.IPV4, verb);
            if (!isInstalled(name)) {
                throw new FirewallException(name + ": no such program");
            }
        }
    }

    private String run(Program program) {
        try {
            Program.Output output = namespace.entering(program).run();
            if (output.succeeded()) {
                return output.out();
            }
            throw new FirewallException(program + ": " + output.err().strip());
        } catch (ProgramException e) {
            throw new FirewallException(e.getMessage(), e);
        }
    }

    /** Debian keeps the legacy programs under a name of their own beside the default ones. */
    private static String name(IpFamily family, String verb) {
        String base = family == IpFamily.IPV4 ? "iptables" : "ip6tables";
        String legacy = base + "-legacy-" + verb;
        return isInstalled(legacy) ? legacy : base + "-" + verb;
    }

    private static boolean isInstalled(String name) {
        return DIRECTORIES.stream().anyMatch(directory -> Files.isExecutable(directory.resolve(name)));
    }
}
