package io.netd.daemon.doctor;

import io.netd.netctl.api.DoctorCheck;
import java.util.Optional;

/** The service: whether netd is installed and runs, and whether there is an image to run. */
final class ServiceChecks {
    private ServiceChecks() {}

    static DoctorCheck daemon(Subject subject) {
        return subject.listening().isEmpty()
                ? Finding.failed("daemon", "netd is not running", "start it: systemctl start netd, or bin/netd")
                : Finding.ok("daemon", "running, listening on " + String.join(", ", subject.listening()));
    }

    static Optional<DoctorCheck> images(Subject subject) {
        return subject.images().stream()
                .mapToObj(count -> count > 0
                        ? Finding.ok("images", count + " in the store")
                        : Finding.warning("images", "no image in the store", "netctl import ROOTFS.tar NAME makes one"))
                .findFirst();
    }
}
