/** A CNI runtime's folders: netd's plugins are put into one, and the networks in the other are examined. */
@NullMarked
package io.netd.daemon.folder;

import org.jspecify.annotations.NullMarked;
