package io.netd.daemon.local;

import io.netd.daemon.config.DaemonConfig;
import io.netd.daemon.event.ContainerTraces;
import io.netd.engine.Engine;
import io.netd.engine.event.Events;
import io.netd.firewall.host.HostFirewall;
import io.netd.runtime.Containers;
import io.netd.runtime.Images;

/**
 * What the commands are answered by.
 *
 * @param traces which commands work on containers
 * @param events everything that happens, the engine's and the containers'
 * @param firewall how rules are written
 * @param leave makes the daemon stop and take its folders along
 */
public record LocalParts(
        DaemonConfig config,
        Engine engine,
        Containers containers,
        Images images,
        ContainerTraces traces,
        Events events,
        HostFirewall firewall,
        Runnable leave) {}
