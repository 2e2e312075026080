package io.netd.plugins.spi.pair;

import io.netd.address.IpFamily;
import io.netd.cni.CniException;
import io.netd.cni.ErrorCode;
import io.netd.netlink.route.InterfaceSetup;
import io.netd.plugins.spi.Sandbox;
import java.util.function.IntFunction;

/** The container's end of a pair: settings, then everything else in one call to the kernel. */
public record ContainerEnd(Sandbox sandbox, String name) {
    /**
     * Sets it up, and waits when duplicates of its IPv6 addresses are looked for.
     *
     * @param wanted what it is to be, by its index
     * @throws CniException when it went away, or somebody has one of its addresses
     * @throws io.netd.netlink.NetlinkException naming what the kernel refused
     */
    public void furnish(IntFunction<InterfaceSetup> wanted) {
        int index = sandbox.route().links().indexOf(name).orElseThrow(this::gone);
        InterfaceSetup setup = wanted.apply(index);
        if (setup.addresses().stream().anyMatch(address -> address.family() == IpFamily.IPV6)) {
            sandbox.namespace().run(() -> settings(setup.detectsDuplicates()));
        }
        if (setup.detectsDuplicates()) {
            try (DuplicateWatch watch = DuplicateWatch.open(sandbox)) {
                sandbox.route().setUp(setup);
                watch.await(index, name);
            }
        } else {
            sandbox.route().setUp(setup);
        }
    }

    /**
     * Brings it up as it is, for an address plugin that talks over it.
     *
     * @throws CniException when it went away
     */
    public void lift() {
        int index = sandbox.route().links().indexOf(name).orElseThrow(this::gone);
        sandbox.route().links().setUp(index);
    }

    private void settings(boolean detectsDuplicates) {
        if (detectsDuplicates) {
            Ipv6Settings.write(name, "enhanced_dad", "1");
            Ipv6Settings.write(name, "accept_dad", "1");
        } else {
            Ipv6Settings.write(name, "accept_dad", "0");
        }
        Ipv6Settings.write("lo", "disable_ipv6", "0");
        Ipv6Settings.write(name, "disable_ipv6", "0");
        Ipv6Settings.write(name, "keep_addr_on_down", "1");
        // As arp_notify for IPv4: the address may have been another container's a moment ago.
        Ipv6Settings.write(name, "ndisc_notify", "1");
    }

    private CniException gone() {
        return new CniException(
                ErrorCode.TRY_LATER, name + " in " + sandbox.path() + " went away while it was being set up");
    }
}
