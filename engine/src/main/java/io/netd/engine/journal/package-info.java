/** What attachments did, on disk before it is done. */
@NullMarked
package io.netd.engine.journal;

import org.jspecify.annotations.NullMarked;
