package io.netd.daemon.local;

import io.netd.address.IpFamily;
import io.netd.daemon.config.DaemonConfig;
import io.netd.daemon.doctor.Doctor;
import io.netd.daemon.doctor.Subject;
import io.netd.firewall.host.Forwarded;
import io.netd.firewall.host.HostFirewall;
import io.netd.netctl.api.CniSetup;
import io.netd.netctl.api.Netd;
import io.netd.netctl.api.NetdException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** What is left of the daemon that needs none running: the doctor, and a CNI runtime's folders. */
public final class DaemonlessNetd {
    private DaemonlessNetd() {}

    /** Answers {@code doctor} and {@code cni} and refuses everything else. */
    public static Netd of(DaemonConfig config, HostFirewall firewall, CniSetup cni) {
        Subject subject = new Subject(
                List.of(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                List.of(),
                config.dataRoot(),
                firewall,
                List.of(new Forwarded(config.bridge(), Set.of(IpFamily.values()))),
                List.of());
        return (Netd) Proxy.newProxyInstance(
                Netd.class.getClassLoader(), new Class<?>[] {Netd.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("doctor")) {
                        return Doctor.examine(subject);
                    }
                    if (method.getName().equals("cni")) {
                        return cni;
                    }
                    throw new NetdException(
                            NetdException.Kind.FAILED,
                            "the netd daemon is not running, and \"" + method.getName() + "\" needs it");
                });
    }
}
