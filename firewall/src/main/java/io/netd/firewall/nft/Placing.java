package io.netd.firewall.nft;

import io.netd.firewall.ChainRef;

/** A line on its way into a chain. */
record Placing(ChainRef chain, Line line) {}
