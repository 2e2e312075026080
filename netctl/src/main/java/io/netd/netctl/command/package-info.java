/** One class for each command. */
@NullMarked
package io.netd.netctl.command;

import org.jspecify.annotations.NullMarked;
