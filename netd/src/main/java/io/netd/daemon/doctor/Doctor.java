package io.netd.daemon.doctor;

import io.netd.netctl.api.DoctorCheck;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Looks at a host, from the hardware up to the images, and says how it stands. Changes nothing; blocks for a few ms. */
public final class Doctor {
    private Doctor() {}

    /** All checks, in the order a container needs them. */
    public static List<DoctorCheck> examine(Subject subject) {
        HostFiles files = new HostFiles(Path.of("/"));
        MachineChecks machine = new MachineChecks(files);
        KernelChecks kernel = new KernelChecks(files);
        NetworkChecks network = new NetworkChecks(files);
        List<DoctorCheck> checks = new ArrayList<>(List.of(
                machine.processor(),
                machine.memory(),
                MachineChecks.room(subject.dataRoot()),
                kernel.version(),
                kernel.namespaces(),
                kernel.cgroups(),
                kernel.overlay(),
                NetworkChecks.firewall(subject.firewall(), subject.bridges()),
                NetworkChecks.rules(subject.drift()),
                network.forwarding(!subject.listening().isEmpty()),
                network.networkManager(),
                ServiceChecks.daemon(subject)));
        NetworkChecks.userRules().ifPresent(checks::add);
        ServiceChecks.ports(subject).ifPresent(checks::add);
        ServiceChecks.descriptors(subject).ifPresent(checks::add);
        ServiceChecks.images(subject).ifPresent(checks::add);
        return List.copyOf(checks);
    }
}
