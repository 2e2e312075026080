/** Checks of what a host must have to run containers, each with what to do about it. */
@NullMarked
package io.netd.daemon.doctor;

import org.jspecify.annotations.NullMarked;
