/** Calls over a D-Bus system bus, as small as firewalld needs them: texts go, a text or a truth comes back. */
@NullMarked
package io.netd.plugins.firewall.dbus;

import org.jspecify.annotations.NullMarked;
