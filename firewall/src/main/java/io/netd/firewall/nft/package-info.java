/** Rules written over nfnetlink, expression for expression as iptables-nft 1.8.9 writes them. */
@NullMarked
package io.netd.firewall.nft;

import org.jspecify.annotations.NullMarked;
