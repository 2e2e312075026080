package io.netd.firewall;

import io.netd.linux.proc.Program;
import io.netd.linux.proc.ProgramException;
import java.util.Optional;

/** Which of the two packet filters of the kernel the host's {@code iptables} writes to. */
public enum Flavour {
    /** iptables over nf_tables, written by netd itself over nfnetlink. */
    IPTABLES_NFT,

    /** iptables over ip_tables, written by one {@code iptables-restore} per transaction. */
    IPTABLES_LEGACY;

    /**
     * Asks {@code iptables -V}; nothing where there is no iptables. Releases before 1.8 knew only the legacy filter and do
     * not name it.
     */
    public static Optional<Flavour> installed() {
        try {
            Program.Output output = Program.of("iptables", "-V").run();
            return output.succeeded() ? Optional.of(of(output.out())) : Optional.empty();
        } catch (ProgramException e) {
            return Optional.empty();
        }
    }

    static Flavour of(String version) {
        return version.contains("nf_tables") ? IPTABLES_NFT : IPTABLES_LEGACY;
    }
}
