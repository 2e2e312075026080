/**
 * Addresses for containers: what a configuration allows, which address is next, and who holds which, on disk in the
 * layout of the reference plugin host-local.
 */
@NullMarked
package io.netd.ipam;

import org.jspecify.annotations.NullMarked;
