/** Keeps what documents were before a change, and undoes the change. */
@NullMarked
package dev.monarch.engine.original;

import org.jspecify.annotations.NullMarked;
