/**
 * Reads and writes mongodump's archive format, as a source and as a sink of documents.
 *
 * <p>The format is defined by {@code mongodump --archive} (mongo-tools, {@code common/archive}). This package does
 * not know where the bytes are stored, and has no access to databases.
 */
@NullMarked
package dev.monarch.engine.archive;

import org.jspecify.annotations.NullMarked;
