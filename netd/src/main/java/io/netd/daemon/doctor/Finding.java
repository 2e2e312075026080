package io.netd.daemon.doctor;

import io.netd.netctl.api.DoctorCheck;
import io.netd.netctl.api.DoctorCheck.Verdict;
import java.util.Optional;

/** Short ways to say how a check stands. */
final class Finding {
    private Finding() {}

    static DoctorCheck ok(String name, String finding) {
        return new DoctorCheck(name, Verdict.OK, finding, Optional.empty());
    }

    static DoctorCheck warning(String name, String finding, String remedy) {
        return new DoctorCheck(name, Verdict.WARNING, finding, Optional.of(remedy));
    }

    static DoctorCheck failed(String name, String finding, String remedy) {
        return new DoctorCheck(name, Verdict.FAILED, finding, Optional.of(remedy));
    }
}
