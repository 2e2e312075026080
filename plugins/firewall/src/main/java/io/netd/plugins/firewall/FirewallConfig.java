package io.netd.plugins.firewall;

import io.netd.cni.CniException;
import io.netd.cni.CniVersion;
import io.netd.cni.NetworkConfig;
import io.netd.cni.Settings;
import io.netd.firewall.Chains;
import io.netd.firewall.Target;

/**
 * The firewall plugin's configuration, keys and defaults as the reference plugin has them.
 *
 * @param adminChain the jump to the administrator's chain, which a container's packets see first
 * @param policy who may reach the containers
 */
record FirewallConfig(Target.Jump adminChain, IngressPolicy policy) {
    private static final Target.Jump ADMIN_CHAIN = new Target.Jump("CNI-ADMIN");
    private static final FirewallConfig DEFAULT = new FirewallConfig(ADMIN_CHAIN, IngressPolicy.OPEN);

    /**
     * Reads the configuration.
     *
     * @throws CniException with code 1 for a version before 0.4.0, code 7 for an option that makes no sense
     */
    static FirewallConfig read(NetworkConfig network) {
        network.requireAtLeast(CniVersion.V0_4_0);
        Settings settings = network.settings();
        settings.value("backend", FirewallConfig::iptables);
        settings.text("firewalldZone");
        return new FirewallConfig(
                settings.value("iptablesAdminChainName", FirewallConfig::adminChain)
                        .orElse(ADMIN_CHAIN),
                settings.value("ingressPolicy", IngressPolicy::parse).orElse(IngressPolicy.OPEN));
    }

    /** What a DEL goes by, which has to succeed whatever the configuration says. */
    static FirewallConfig readLeniently(NetworkConfig network) {
        try {
            return read(network);
        } catch (CniException e) {
            return DEFAULT;
        }
    }

    private static String iptables(String backend) {
        return switch (backend) {
            case "iptables" -> backend;
            case "firewalld" ->
                throw new IllegalArgumentException("netd does not put addresses into firewalld's zones");
            default -> throw new IllegalArgumentException("unknown backend; known is iptables");
        };
    }

    private static Target.Jump adminChain(String name) {
        if (Chains.isBuiltIn(name) || Chains.isCommon(name) || Chains.isOwn(name)) {
            throw new IllegalArgumentException("is not a chain for an administrator's rules");
        }
        return new Target.Jump(name);
    }
}
