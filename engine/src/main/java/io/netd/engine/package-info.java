/** The engine: attachments from plan to journal, networks, and what happened. No door, no Vert.x. */
@NullMarked
package io.netd.engine;

import org.jspecify.annotations.NullMarked;
