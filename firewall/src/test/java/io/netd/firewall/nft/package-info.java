@NullMarked
package io.netd.firewall.nft;

import org.jspecify.annotations.NullMarked;
