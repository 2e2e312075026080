/** Tests of this package. */
@NullMarked
package io.netd.linux.fs;

import org.jspecify.annotations.NullMarked;
