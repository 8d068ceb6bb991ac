package dev.monarch.backup;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

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
        ReadReport.AchievedConsistency consistency,
        boolean partial,
        BackupSeries series,
        @Nullable DatabaseIdentity source) {

    /**
     * What successive backups have in common. A newer backup of a series makes older ones of it dispensable, and never one of
     * another series: backups of the collection {@code accounts} do not replace backups of {@code orders}.
     *
     * @param database the database
     * @param name what precedes the time in the names of the backups, such as the name of a schedule; the whole name of a backup
     *     that somebody renamed to something without a time
     * @param part which part of the database, in words; empty for all of it
     */
    public record BackupSeries(String database, String name, String part) {

        static BackupSeries of(Manifest manifest) {
            return new BackupSeries(
                    manifest.source().database(), BackupName.withoutTime(manifest.name()), part(manifest));
        }

        private static String part(Manifest manifest) {
            List<String> words = new ArrayList<>();
            Manifest.Part part = manifest.scope().part();
            if (part != null) {
                words.add("query set " + part.querySet());
                new TreeMap<>(part.parameters()).forEach((name, value) -> words.add(name + "=" + value));
            }
            List<String> only = manifest.scope().selection().only();
            if (!only.isEmpty()) {
                words.add("only " + only.stream().sorted().toList());
            }
            List<String> exclude = manifest.scope().selection().exclude();
            if (!exclude.isEmpty()) {
                words.add("without " + exclude.stream().sorted().toList());
            }
            return String.join(", ", words);
        }
    }
}
