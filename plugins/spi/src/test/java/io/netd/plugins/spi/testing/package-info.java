/** A host and a sandbox for the kernel tests of plugins. */
@NullMarked
package io.netd.plugins.spi.testing;

import org.jspecify.annotations.NullMarked;
