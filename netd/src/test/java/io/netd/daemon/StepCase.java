package io.netd.daemon;

import io.netd.firewall.Flavour;
import java.util.Map;

/**
 * A plugin's call whose steps are to fail.
 *
 * @param name for messages
 * @param before the plugins that have their ADD before it, each with the result of the one before; separated by a line of ---
 * @param config its own configuration without {@code prevResult}
 * @param environment what its environment has beside the usual
 * @param flavour the host's iptables
 */
record StepCase(String name, String before, String config, Map<String, String> environment, Flavour flavour) {
    private static final String HEAD = "{\"cniVersion\":\"1.0.0\",\"name\":\"steps\",\"type\":\"";
    private static final String HOST_LOCAL = ",\"ipam\":{\"type\":\"host-local\",\"dataDir\":\"/run/steps/leases\","
            + "\"routes\":[{\"dst\":\"0.0.0.0/0\"},{\"dst\":\"::/0\"}],"
            + "\"ranges\":[[{\"subnet\":\"10.84.0.0/24\"}],[{\"subnet\":\"fd84::/64\"}]]}";
    private static final String BRIDGE = of("bridge", ",\"bridge\":\"steps0\",\"isGateway\":true" + HOST_LOCAL);

    /** One on its own. */
    static StepCase alone(String plugin, String options) {
        return new StepCase(plugin + options, "", of(plugin, options), Map.of(), Flavour.IPTABLES_NFT);
    }

    /** One with addresses of host-local. */
    static StepCase addressed(String plugin, String options) {
        return new StepCase(plugin + options, "", of(plugin, options + HOST_LOCAL), Map.of(), Flavour.IPTABLES_NFT);
    }

    /** One behind a bridge. */
    static StepCase chained(String plugin, String options) {
        return new StepCase(plugin + options, BRIDGE, of(plugin, options), Map.of(), Flavour.IPTABLES_NFT);
    }

    /** The same for another namespace than the pod's. */
    StepCase in(String namespace) {
        return new StepCase(name, before, config, Map.of("CNI_NETNS", namespace), flavour);
    }

    /** The same on a host whose iptables is the legacy one. */
    StepCase onLegacy() {
        return new StepCase("legacy " + name, before, config, environment, Flavour.IPTABLES_LEGACY);
    }

    private static String of(String plugin, String options) {
        return HEAD + plugin + "\"" + options + "}";
    }

    @Override
    public String toString() {
        return name;
    }
}
