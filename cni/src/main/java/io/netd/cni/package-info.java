/**
 * The CNI protocol as values: requests, configurations, results and errors of versions 0.1.0 to 1.1.0. Pure; knows
 * nothing of the kernel.
 */
@NullMarked
package io.netd.cni;

import org.jspecify.annotations.NullMarked;
