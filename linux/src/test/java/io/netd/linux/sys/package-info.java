/** Tests of this package. */
@NullMarked
package io.netd.linux.sys;

import org.jspecify.annotations.NullMarked;
