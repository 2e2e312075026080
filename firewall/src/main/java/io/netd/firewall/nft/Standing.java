package io.netd.firewall.nft;

import io.netd.firewall.ChainRef;

/** A map that stands in a chain with a rule, even when it is empty; see {@link MapRule#with}. */
public record Standing(ChainRef chain, MapRule map) {}
