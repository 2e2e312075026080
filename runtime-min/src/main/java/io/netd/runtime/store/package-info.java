/** JSON files of the runtime. */
@NullMarked
package io.netd.runtime.store;

import org.jspecify.annotations.NullMarked;
