/** Addresses that a configuration names, as a plugin of its own; a package cannot be called static. */
@NullMarked
package io.netd.plugins.staticipam;

import org.jspecify.annotations.NullMarked;
