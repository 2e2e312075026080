package io.netd.plugins.spi.trace;

import io.netd.linux.sysctl.Sysctl;
import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.Trace;

/**
 * A setting of the host that netd changed. Left by the host, not by an attachment: it is taken back when netd is
 * uninstalled.
 *
 * @param key its path below /proc/sys
 * @param oldValue what to give back
 */
public record SysctlTrace(String key, String oldValue) implements Trace {
    @Override
    public void revert(Host host) {
        host.namespace().run(() -> Sysctl.write(key, oldValue));
    }
}
