@NullMarked
package io.netd.firewall.nftables;

import org.jspecify.annotations.NullMarked;
