package io.netd.netctl.api;

import java.util.List;

/** One line of {@code network ls}. */
public record NetworkSummary(String id, String name, String driver, String scope, List<String> subnets) {}
