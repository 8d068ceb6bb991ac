package dev.monarch.archive;

import dev.monarch.transfer.Namespace;

/**
 * What an archive says of a collection before its documents.
 *
 * @param namespace its full name
 * @param metadata its options and indexes, as JSON text; empty for a dump's oplog
 * @param type {@code collection}, {@code view} or {@code timeseries}; empty in archives of old tools
 */
public record ArchivedCollection(Namespace namespace, String metadata, String type) {}
