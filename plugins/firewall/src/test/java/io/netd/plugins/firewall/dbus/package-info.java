/** Messages of D-Bus. */
@NullMarked
package io.netd.plugins.firewall.dbus;

import org.jspecify.annotations.NullMarked;
