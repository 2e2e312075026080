package io.netd.netctl.command;

import io.netd.netctl.api.DoctorCheck;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code netctl doctor}. */
@Command(name = "doctor", description = "Check what this host needs and say what to do")
final class Doctor implements NetctlCommand {
    @Mixin
    private FormatOption format = new FormatOption();

    @Override
    public int run(Session session) {
        List<DoctorCheck> checks = session.netd().doctor();
        boolean failed = checks.stream().anyMatch(check -> check.verdict() == DoctorCheck.Verdict.FAILED);
        if (format.value().isPresent()) {
            checks.forEach(check -> format.text(check).ifPresent(session.out()::println));
            return failed ? 1 : 0;
        }
        for (DoctorCheck check : checks) {
            session.out().println(mark(check.verdict()) + " " + check.name() + ": " + check.finding());
            check.remedy().ifPresent(remedy -> session.out().println("         " + remedy));
        }
        return failed ? 1 : 0;
    }

    private static String mark(DoctorCheck.Verdict verdict) {
        return switch (verdict) {
            case OK -> "[  ok  ]";
            case WARNING -> "[ warn ]";
            case FAILED -> "[ FAIL ]";
        };
    }
}
