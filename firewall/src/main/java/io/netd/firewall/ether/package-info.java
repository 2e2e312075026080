/** Rules for what comes into a bridge, before it is anybody's packet: nftables' bridge family, whatever writes the rest. */
@NullMarked
package io.netd.firewall.ether;

import org.jspecify.annotations.NullMarked;
