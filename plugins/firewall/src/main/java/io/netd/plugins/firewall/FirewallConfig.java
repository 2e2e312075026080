package io.netd.plugins.firewall;

import io.netd.cni.CniException;
import io.netd.cni.CniVersion;
import io.netd.cni.NetworkConfig;
import io.netd.cni.Settings;
import io.netd.firewall.Chains;
import io.netd.firewall.Framework;
import io.netd.firewall.Target;
import java.util.Optional;

/**
 * The firewall plugin's configuration, keys and defaults as the reference plugin has them.
 *
 * @param backend empty: firewalld where it runs, the host's usual framework elsewhere
 * @param adminChain the jump to the administrator's chain, which a container's packets see first
 * @param zone firewalld's zone for the containers' addresses
 * @param policy who may reach the containers
 */
record FirewallConfig(Optional<FirewallBackend> backend, Target.Jump adminChain, String zone, IngressPolicy policy) {
    private static final Target.Jump ADMIN_CHAIN = new Target.Jump("CNI-ADMIN");
    private static final String ZONE = "trusted";
    private static final FirewallConfig DEFAULT =
            new FirewallConfig(Optional.empty(), ADMIN_CHAIN, ZONE, IngressPolicy.OPEN);

    /**
     * Reads the configuration.
     *
     * @throws CniException with code 1 for a version before 0.4.0, code 7 for an option that makes no sense
     */
    static FirewallConfig read(NetworkConfig network) {
        network.requireAtLeast(CniVersion.V0_4_0);
        Settings settings = network.settings();
        return new FirewallConfig(
                settings.value("backend", FirewallBackend::parse),
                settings.value("iptablesAdminChainName", FirewallConfig::adminChain)
                        .orElse(ADMIN_CHAIN),
                settings.value("firewalldZone", FirewallConfig::zone).orElse(ZONE),
                settings.value("ingressPolicy", IngressPolicy::parse).orElse(IngressPolicy.OPEN));
    }

    /** Where the rules stand; absent where the host's usual framework will do. */
    Optional<Framework> framework() {
        return backend.flatMap(FirewallBackend::framework);
    }

    /** What a DEL goes by, which has to succeed whatever the configuration says. */
    static FirewallConfig readLeniently(NetworkConfig network) {
        try {
            return read(network);
        } catch (CniException e) {
            return DEFAULT;
        }
    }

    /** Which zones there are firewalld knows; a control character would not even reach it. */
    private static String zone(String name) {
        if (name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("is not a zone's name");
        }
        return name;
    }

    private static Target.Jump adminChain(String name) {
        if (Chains.isBuiltIn(name) || Chains.isCommon(name) || Chains.isOwn(name)) {
            throw new IllegalArgumentException("is not a chain for an administrator's rules");
        }
        return new Target.Jump(name);
    }
}
