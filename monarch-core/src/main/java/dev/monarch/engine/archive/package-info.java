/**
 * Archives: mongodump's own archive format, as a source and as a sink of documents.
 *
 * <p>The format is that of {@code mongodump --archive}: {@code mongo-tools/common/archive}. Nothing here knows where the
 * bytes are kept, or of databases.
 */
@NullMarked
package dev.monarch.engine.archive;

import org.jspecify.annotations.NullMarked;
