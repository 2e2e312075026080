/** The bridge plugin: a veth pair between a container and a bridge of the host. */
@NullMarked
package io.netd.plugins.bridge;

import org.jspecify.annotations.NullMarked;
