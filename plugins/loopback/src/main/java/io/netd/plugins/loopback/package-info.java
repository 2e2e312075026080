/** The loopback plugin of the CNI world. */
@NullMarked
package io.netd.plugins.loopback;

import org.jspecify.annotations.NullMarked;
