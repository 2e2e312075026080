/** Attachments: ADD, DEL, CHECK, STATUS and GC of any runtime. */
@NullMarked
package io.netd.engine.attach;

import org.jspecify.annotations.NullMarked;
