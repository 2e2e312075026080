/** Picks the backend for the iptables of a host. */
@NullMarked
package io.netd.firewall.iptables;

import org.jspecify.annotations.NullMarked;
