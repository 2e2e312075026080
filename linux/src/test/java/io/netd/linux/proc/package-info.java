/** Tests of this package. */
@NullMarked
package io.netd.linux.proc;

import org.jspecify.annotations.NullMarked;
