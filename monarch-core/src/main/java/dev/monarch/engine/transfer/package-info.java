/**
 * What moves data: batches of undecoded documents on their way from a source to a sink, and what is known of a collection
 * besides its documents.
 *
 * <p>Nothing here knows what an archive looks like, how migrations run, or who holds a lock.
 */
@NullMarked
package dev.monarch.engine.transfer;

import org.jspecify.annotations.NullMarked;
