/** Addresses out of a store on the host, as a plugin of its own. */
@NullMarked
package io.netd.plugins.hostlocal;

import org.jspecify.annotations.NullMarked;
