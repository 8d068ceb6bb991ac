package dev.monarch.backup;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.monarch.transfer.ReadReport;

/**
 * What a list says of a backup.
 *
 * @param name its name in the store
 * @param store the name of the store
 * @param environment the environment it is of
 * @param database the database it is of
 * @param created when it was begun
 * @param collections how many collections and views it has
 * @param documents how many documents
 * @param bytes how many bytes these have, uncompressed
 * @param storedBytes how many bytes the archive has, as it is stored
 * @param compression how it is compressed: {@code zstd}, {@code gzip}, {@code none}
 * @param consistency how consistent it is
 * @param partial whether something was left out when it was taken
 * @param series what it has in common with the backups that it may replace
 * @param source the database it is of; null if the manifest does not tell
 */
public record BackupSummary(
        String name,
        String store,
        String environment,
        String database,
        Instant created,
        int collections,
        long documents,
        long bytes,
        long storedBytes,
        String compression,
        ReadReport.Had consistency,
        boolean partial,
        BackupSeries series,
        @Nullable DatabaseIdentity source) {}
