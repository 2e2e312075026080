/** The {@code firewall} plugin: lets forwarded traffic of containers pass, and keeps isolated bridges apart. */
@NullMarked
package io.netd.plugins.firewall;

import org.jspecify.annotations.NullMarked;
