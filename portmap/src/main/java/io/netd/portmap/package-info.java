/** Publishing container ports on the host: the {@code -p} grammar, reservations, firewall rules, conntrack. */
@NullMarked
package io.netd.portmap;

import org.jspecify.annotations.NullMarked;
