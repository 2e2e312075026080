/**
 * Desired packet-filter rules as values, and the {@link io.netd.firewall.Ledger} that is the one owner of
 * them on a host.
 */
@NullMarked
package io.netd.firewall;

import org.jspecify.annotations.NullMarked;
