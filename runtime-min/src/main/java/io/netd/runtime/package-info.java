/** The vocabulary of the minimal runtime: what a container is asked to be, what it is, and what becomes of it. */
@NullMarked
package io.netd.runtime;

import org.jspecify.annotations.NullMarked;
