/** nf_tables over nfnetlink: expressions, batches that are one transaction, dumps with handles. */
@NullMarked
package io.netd.netlink.nft;

import org.jspecify.annotations.NullMarked;
