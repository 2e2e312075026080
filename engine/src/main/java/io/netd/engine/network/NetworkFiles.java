package io.netd.engine.network;

import java.nio.file.Path;

/**
 * Where the state of networks is.
 *
 * @param made what stands on hosts, until the next boot
 * @param defined what users defined, for good
 * @param leases the folder of leases of netd's own networks
 */
public record NetworkFiles(NetworkStore made, DefinitionStore defined, Path leases) {}
