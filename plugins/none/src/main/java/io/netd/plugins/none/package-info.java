/** The none mode: a namespace with its loopback up and nothing else. */
@NullMarked
package io.netd.plugins.none;

import org.jspecify.annotations.NullMarked;
