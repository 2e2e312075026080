/** The host mode: the container runs in the host's namespace and nothing is touched. */
@NullMarked
package io.netd.plugins.host;

import org.jspecify.annotations.NullMarked;
