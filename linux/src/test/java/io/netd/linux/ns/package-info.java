/** Tests of this package. */
@NullMarked
package io.netd.linux.ns;

import org.jspecify.annotations.NullMarked;
