/** What kernel tests of all modules need. */
@NullMarked
package io.netd.linux.testing;

import org.jspecify.annotations.NullMarked;
