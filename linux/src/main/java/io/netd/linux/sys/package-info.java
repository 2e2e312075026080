/** The system calls Java does not have, as plain Java methods; the only home of JNR-FFI. */
@NullMarked
package io.netd.linux.sys;

import org.jspecify.annotations.NullMarked;
