package dev.monarch.backup;

import java.time.Instant;

/**
 * An archive in a store that is no backup of it, for it has no manifest: what mongodump wrote, say, or a copy.
 *
 * @param name what it is called there, extension included
 * @param store the name of the store
 * @param bytes how many bytes it has, as it is stored
 * @param modified when it was written
 */
public record ForeignArchive(String name, String store, long bytes, Instant modified) {}
