package io.netd.plugins.firewall;

import io.netd.address.IpFamily;
import io.netd.address.IpPrefix;
import io.netd.cni.CniException;
import io.netd.cni.CniResult;
import io.netd.cni.ErrorCode;
import io.netd.firewall.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The rules that one container needs.
 *
 * @param passing what lets its traffic pass
 * @param stages what every isolated bridge needs
 * @param isolation what keeps its bridge apart, for all containers on it
 */
record ContainerRules(List<Rule> passing, List<Rule> stages, List<Rule> isolation) {
    ContainerRules {
        passing = List.copyOf(passing);
        stages = List.copyOf(stages);
        isolation = List.copyOf(isolation);
    }

    /**
     * Of the addresses that the chain gave; without an address there is nothing to do.
     *
     * @throws CniException with code 7 when a policy needs a bridge and there is none
     */
    static ContainerRules of(CniResult result, FirewallConfig config) {
        List<Rule> passing = passing(result, config);
        List<Rule> stages = new ArrayList<>();
        List<Rule> isolation = new ArrayList<>();
        if (config.policy() != IngressPolicy.OPEN) {
            String bridge = bridge(result, config.policy());
            for (IpFamily family : families(result)) {
                stages.addAll(FirewallRules.stages(family));
                isolation.addAll(isolation(family, bridge, config.policy()));
            }
        }
        return new ContainerRules(passing, standing(stages, config), standing(isolation, config));
    }

    /** What lets the traffic of a result's addresses pass. */
    static List<Rule> passing(CniResult result, FirewallConfig config) {
        List<Rule> rules = new ArrayList<>();
        families(result).forEach(family -> rules.addAll(FirewallRules.entrance(family, config.adminChain())));
        addresses(result).forEach(address -> rules.addAll(FirewallRules.accepts(address)));
        return standing(rules, config);
    }

    /** The addresses, each as a prefix of its own. */
    static List<IpPrefix> addresses(CniResult result) {
        return result.addresses().stream()
                .map(address -> IpPrefix.host(address.address().address()))
                .distinct()
                .toList();
    }

    List<Rule> all() {
        return Stream.concat(passing.stream(), ofPolicy().stream()).toList();
    }

    /** What a policy needs, whoever lets the traffic pass. */
    List<Rule> ofPolicy() {
        return Stream.concat(stages.stream(), isolation.stream()).toList();
    }

    private static List<Rule> standing(List<Rule> rules, FirewallConfig config) {
        return rules.stream().map(rule -> rule.in(config.framework())).toList();
    }

    private static List<IpFamily> families(CniResult result) {
        return addresses(result).stream().map(IpPrefix::family).distinct().toList();
    }

    private static String bridge(CniResult result, IngressPolicy policy) {
        if (result.interfaces().isEmpty()) {
            throw new CniException(
                    ErrorCode.INVALID_CONFIG,
                    "prevResult: interface needs to be set for ingress policy \"" + policy
                            + "\", make sure to chain \"firewall\" plugin with \"bridge\"");
        }
        return result.interfaces().get(0).name();
    }

    private static List<Rule> isolation(IpFamily family, String bridge, IngressPolicy policy) {
        try {
            return FirewallRules.isolation(family, bridge, policy);
        } catch (IllegalArgumentException e) {
            throw new CniException(ErrorCode.INVALID_CONFIG, "prevResult: interfaces[0]: " + e.getMessage(), e);
        }
    }
}
