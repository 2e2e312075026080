/** Generated input for tests of every module. */
@NullMarked
package io.netd.address.testing;

import org.jspecify.annotations.NullMarked;
