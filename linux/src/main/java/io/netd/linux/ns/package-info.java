/** Network namespaces: opening, entering, creating, pinning to a file, telling them apart. */
@NullMarked
package io.netd.linux.ns;

import org.jspecify.annotations.NullMarked;
