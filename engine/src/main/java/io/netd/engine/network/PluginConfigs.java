package io.netd.engine.network;

import io.netd.address.IpAddress;
import io.netd.address.IpFamily;
import io.netd.address.IpPrefix;
import io.netd.address.PortRange;
import io.netd.cni.CniVersion;
import io.netd.cni.NetworkConfig;
import io.netd.cni.Settings;
import io.netd.portmap.PortRequest;
import io.netd.runtime.NetworkMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Which plugins connect a container of netd's own, and how they are told to.
 *
 * @param leases the folder of leases
 * @param settings whether containers are protected by rules, and how
 */
record PluginConfigs(Path leases, BridgeSettings settings) {
    /** For a bridge network: the bridge, then the published ports, which lead nowhere where nothing gets in. */
    List<NetworkConfig> bridge(MadeNetwork network, List<PortRequest> ports, WantedAddresses addresses) {
        List<NetworkConfig> chain = new ArrayList<>();
        BridgeRecord record = network.record();
        Map<String, Object> bridge = start(record.name(), "bridge");
        bridge.put("bridge", record.bridge());
        bridge.put("isDefaultGateway", !network.rules().internal());
        bridge.put("hairpinMode", true);
        bridge.put("portIsolation", !network.rules().icc());
        bridge.put("mtu", record.mtu());
        bridge.put("netd", ours(network));
        bridge.put("ipam", ipam(record));
        if (!addresses.addresses().isEmpty()) {
            bridge.put("runtimeConfig", Map.of("ips", texts(addresses.addresses().stream())));
        }
        chain.add(config(bridge));
        if (!ports.isEmpty() && !network.rules().internal()) {
            Map<String, Object> portmap = start(record.name(), "portmap");
            portmap.put(
                    "netd", Map.of("protect", settings.rules(), "routed", names(network.rules().routed().stream())));
            portmap.put("runtimeConfig", Map.of("portMappings", maps(ports)));
            chain.add(config(portmap));
        }
        return List.copyOf(chain);
    }

    /** For a mode that needs no bridge; ports mean nothing there. */
    List<NetworkConfig> plain(NetworkMode mode) {
        if (mode instanceof NetworkMode.Container joined) {
            Map<String, Object> container = start("container", "container");
            container.put("container", joined.nameOrId());
            return List.of(config(container));
        }
        return List.of(config(start(mode.text(), mode.text())));
    }

    /**
     * The rules of a network stand in the network's own name; these are of the container alone. A bridge that somebody has
     * taken away comes back as the network's own.
     */
    private Map<String, Object> ours(MadeNetwork network) {
        return Map.of(
                "hide",
                names(network.hidden(settings).stream().sorted()),
                "trusted",
                network.rules().admission().trusted(),
                "mac",
                network.record().mac().toString());
    }

    private static List<String> names(Stream<IpFamily> families) {
        return families.map(IpFamily::name).toList();
    }

    private static List<String> texts(Stream<IpAddress> addresses) {
        return addresses.map(IpAddress::toString).toList();
    }

    private Map<String, Object> ipam(BridgeRecord network) {
        return Map.of(
                "type",
                "host-local",
                "dataDir",
                leases.toString(),
                "ranges",
                network.gateways().stream().map(PluginConfigs::ranges).toList(),
                "netd",
                Map.of("order", "lowest"));
    }

    /** The gateway's address is given to no container. */
    private static List<Map<String, Object>> ranges(IpPrefix gateway) {
        return List.of(Map.of(
                "subnet",
                gateway.network().toString(),
                "gateway",
                gateway.address().toString()));
    }

    private static List<Map<String, Object>> maps(List<PortRequest> ports) {
        List<Map<String, Object>> maps = new ArrayList<>();
        for (PortRequest port : ports) {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("hostPort", port.hostPorts().map(PortRange::first).orElse(0));
            map.put("hostPortEnd", port.hostPorts().map(PortRange::last).orElse(0));
            map.put("containerPort", port.containerPort());
            map.put("protocol", port.protocol().toString());
            port.hostIps().stream().findFirst().ifPresent(ip -> map.put("hostIP", ip.toString()));
            maps.add(map);
        }
        return maps;
    }

    private static Map<String, Object> start(String network, String type) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("cniVersion", CniVersion.LATEST.toString());
        config.put("name", network);
        config.put("type", type);
        return config;
    }

    private static NetworkConfig config(Map<String, Object> values) {
        return NetworkConfig.read(Settings.of(values));
    }
}
