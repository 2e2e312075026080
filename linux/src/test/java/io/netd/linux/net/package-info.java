/** Tests of this package. */
@NullMarked
package io.netd.linux.net;

import org.jspecify.annotations.NullMarked;
