/** Tests of the address values. */
@NullMarked
package io.netd.address;

import org.jspecify.annotations.NullMarked;
