/** Tests of this package. */
@NullMarked
package io.netd.linux.sysctl;

import org.jspecify.annotations.NullMarked;
