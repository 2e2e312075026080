/** Rules in tables of netd's own, as a person would write them for nft, with maps for what there may be many of. */
@NullMarked
package io.netd.firewall.nftables;

import org.jspecify.annotations.NullMarked;
