/**
 * Moves batches of undecoded documents from a source to a sink.
 *
 * <p>This package does not depend on archives, migrations or locks.
 */
@NullMarked
package dev.monarch.engine.transfer;

import org.jspecify.annotations.NullMarked;
