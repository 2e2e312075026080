package io.netd.plugins.tuning;

import io.netd.cni.CniException;
import io.netd.cni.ErrorCode;
import io.netd.netlink.route.Link;
import io.netd.plugins.spi.Sandbox;
import java.util.Map;
import java.util.Optional;

/** CHECK: the namespace's parameters and the interface against the configuration. */
record TuningCheck(TuningConfig config, Sandbox sandbox, String ifName) {
    void run() {
        Link link = Tuner.link(sandbox, ifName);
        sandbox.namespace().run(() -> config.sysctls().forEach(TuningCheck::compare));
        Map<String, Object> current = config.link().of(link).values();
        config.link().values().forEach((key, wanted) -> {
            if (!wanted.equals(current.get(key))) {
                throw different(key + " of " + ifName, wanted, Optional.ofNullable(current.get(key)));
            }
        });
        if (config.link().promisc().isEmpty() && link.promiscuous()) {
            throw different("promisc of " + ifName, false, Optional.of(true));
        }
    }

    private static void compare(Parameter parameter) {
        Optional<String> current = parameter.current();
        if (current.isPresent() && !parameter.isSaidBy(current.get())) {
            throw different("/proc/sys/" + parameter.path(), parameter.value(), current);
        }
    }

    private static CniException different(String what, Object wanted, Optional<?> current) {
        String found = current.map(Object::toString).orElse("none");
        return new CniException(
                ErrorCode.INTERNAL,
                "tuning: configured value of " + what + " is " + wanted + ", current value is " + found);
    }
}
