package io.netd.plugins.bridge;

import io.netd.address.MacAddress;
import io.netd.cni.AttachmentId;
import io.netd.cni.CniException;
import io.netd.cni.CniResult;
import io.netd.cni.ErrorCode;
import io.netd.cni.NetworkConfig;
import io.netd.firewall.ether.SourceCheck;
import io.netd.firewall.ether.SourceChecks;
import io.netd.netlink.route.Link;
import io.netd.plugins.spi.AddPlan;
import io.netd.plugins.spi.AddRequest;
import io.netd.plugins.spi.CheckRequest;
import io.netd.plugins.spi.DelRequest;
import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.Plugin;
import io.netd.plugins.spi.Trace;
import io.netd.plugins.spi.lease.AddressPlan;
import io.netd.plugins.spi.lease.AddressSources;
import io.netd.plugins.spi.pair.VethPair;
import io.netd.plugins.spi.trace.RulesTrace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The {@code bridge} plugin: a veth pair between the container and a bridge of the host, addresses, routes, rules. */
public final class BridgePlugin implements Plugin {
    @Override
    public String type() {
        return "bridge";
    }

    @Override
    public AddPlan plan(AddRequest request) {
        BridgeConfig config = BridgeConfig.read(request.config());
        Optional<AddressPlan> addresses = config.addresses().map(source -> source.plan(request));
        if (addresses.isEmpty()) {
            CniResult.EMPTY.requireConvertible(request.config().version());
        }
        if (config.port().checksSource()) {
            requireRoomForRules(request.attachment());
        }
        return new BridgePlan(request, config, addresses, mac(request));
    }

    @Override
    public void read(NetworkConfig config) {
        BridgeConfig.read(config).addresses().ifPresent(source -> source.read(config));
    }

    @Override
    public void check(CheckRequest request, Host host) {
        BridgeConfig config = BridgeConfig.read(request.config());
        new BridgeCheck(config, request, host).run();
        config.addresses().ifPresent(source -> source.check(request, host));
    }

    @Override
    public void status(NetworkConfig config, Host host) {
        BridgeConfig bridge = BridgeConfig.read(config);
        new BridgeStatus(bridge, host).requireRoom();
        bridge.addresses().ifPresent(source -> source.status(config, host));
    }

    @Override
    public void requireIntact(NetworkConfig config, List<CniResult> attached, Host host) {
        new BridgeStatus(BridgeConfig.read(config), host).requireIntact(attached);
    }

    @Override
    public List<Trace> findTraces(DelRequest request, Host host) {
        AttachmentId owner = request.attachment();
        List<Trace> traces = new ArrayList<>();
        if (checksSource(request.config())) {
            traces.add(SourceCheckTrace.of(owner));
        }
        traces.addAll(VethPair.find(request.sandbox(), host, owner));
        traces.add(new RulesTrace(BridgeRules.owner(owner), List.of()));
        // The last is taken back first: an address program may talk over the interface.
        AddressSources.of(request.config()).ifPresent(source -> traces.addAll(source.findTraces(request, host)));
        return traces;
    }

    @Override
    public void collect(NetworkConfig config, Host host) {
        AddressSources.of(config).ifPresent(source -> source.collect(config, host));
        if (checksSource(config)) {
            collectSourceChecks(host);
        }
    }

    @Override
    public List<Class<? extends Trace>> traceTypes() {
        return List.of(
                SourceCheckTrace.class, VlanGatewayTrace.class, PromiscuousTrace.class, ReplacedAddressTrace.class);
    }

    /** Whatever the option's value is: it may be another one than at ADD. */
    private static boolean checksSource(NetworkConfig config) {
        return config.settings().has("macspoofchk");
    }

    /** Rules whose port is gone are nobody's, and no network's: nothing comes from there. */
    private static void collectSourceChecks(Host host) {
        SourceChecks checks = SourceCheckTrace.checks(host);
        Set<String> links = host.route().links().list().stream().map(Link::name).collect(Collectors.toSet());
        checks.withoutPort(links).forEach(checks::remove);
    }

    private static void requireRoomForRules(AttachmentId owner) {
        int length = SourceCheckTrace.id(owner).length();
        if (length > SourceCheck.MAX_ID) {
            throw new CniException(
                    ErrorCode.INVALID_ENVIRONMENT,
                    "CNI_CONTAINERID " + owner.containerId().value() + ": too long for the rules of macspoofchk by "
                            + (length - SourceCheck.MAX_ID) + " characters");
        }
    }

    private static Optional<MacAddress> mac(AddRequest request) {
        return request.config()
                .runtimeConfig()
                .mac()
                .or(() -> request.config().args().mac())
                .or(() -> request.args().mac());
    }
}
