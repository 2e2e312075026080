package io.netd.firewall;

import io.netd.linux.proc.Program;
import io.netd.linux.proc.ProgramException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** Which of the two packet filters of the kernel the host's {@code iptables} writes to. */
public enum Flavour {
    /** iptables over nf_tables, written by netd itself over nfnetlink. */
    IPTABLES_NFT,

    /** iptables over ip_tables, written by one {@code iptables-restore} per transaction. */
    IPTABLES_LEGACY;

    /**
     * Looks up {@code iptables} in PATH; nothing where there is none. Since 1.8 it is a link to the program of all
     * commands of a flavour, which is named after it; any other program is asked by {@code -V}.
     */
    public static Optional<Flavour> installed() {
        return installed(Optional.ofNullable(System.getenv("PATH")).orElse(""));
    }

    /** {@link #installed()} for a PATH, directories separated by colons. */
    static Optional<Flavour> installed(String path) {
        return Arrays.stream(path.split(":"))
                .filter(folder -> folder.startsWith("/"))
                .map(folder -> Path.of(folder, "iptables"))
                .filter(Files::isExecutable)
                .findFirst()
                .flatMap(Flavour::of);
    }

    private static Optional<Flavour> of(Path program) {
        try {
            return switch (program.toRealPath().getFileName().toString()) {
                case "xtables-nft-multi" -> Optional.of(IPTABLES_NFT);
                case "xtables-legacy-multi" -> Optional.of(IPTABLES_LEGACY);
                default -> asked(program);
            };
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Releases before 1.8 knew only the legacy filter and do not name it. */
    private static Optional<Flavour> asked(Path program) {
        try {
            Program.Output output = Program.of(program.toString(), "-V").run();
            return output.succeeded() ? Optional.of(named(output.out())) : Optional.empty();
        } catch (ProgramException e) {
            return Optional.empty();
        }
    }

    private static Flavour named(String version) {
        return version.contains("nf_tables") ? IPTABLES_NFT : IPTABLES_LEGACY;
    }
}
