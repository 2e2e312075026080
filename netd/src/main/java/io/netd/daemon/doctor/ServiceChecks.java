package io.netd.daemon.doctor;

import io.netd.linux.proc.OpenFiles;
import io.netd.netctl.api.DoctorCheck;
import io.netd.portmap.UnheldPort;
import java.util.Optional;
import java.util.stream.Collectors;

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

    /** Nothing to say of ports that are held. */
    static Optional<DoctorCheck> ports(Subject subject) {
        String unheld = subject.unheldPorts().stream()
                .map(UnheldPort::toString)
                .sorted()
                .collect(Collectors.joining("; "));
        return Optional.of(unheld)
                .filter(finding -> !finding.isEmpty())
                .map(
                        finding -> Finding.warning(
                                "ports",
                                finding,
                                "stop who has bound them, and publish them again with netctl port rm and add, or start netd again"));
    }

    /** Published ports hold a descriptor each. */
    static Optional<DoctorCheck> descriptors(Subject subject) {
        return subject.heldPorts().stream()
                .mapToObj(held -> descriptors(held, OpenFiles.count(), OpenFiles.limit()))
                .findFirst();
    }

    static DoctorCheck descriptors(int held, int open, int limit) {
        String finding = held + " host ports are held, " + open + " of " + limit + " descriptors are in use";
        return open < limit / 4 * 3
                ? Finding.ok("descriptors", finding)
                : Finding.warning("descriptors", finding, "raise LimitNOFILE in netd's unit and start it again");
    }
}
