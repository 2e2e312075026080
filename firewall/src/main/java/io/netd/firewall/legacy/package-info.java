/** Rules written by one run of iptables-restore for each transaction, on hosts whose iptables is the legacy one. */
@NullMarked
package io.netd.firewall.legacy;

import org.jspecify.annotations.NullMarked;
