@NullMarked
package io.netd.netlink.nft;

import org.jspecify.annotations.NullMarked;
