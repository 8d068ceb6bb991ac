package dev.monarch.backup.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

import dev.monarch.archive.ArchiveOutput.ArchiveFrame;
import dev.monarch.backup.BackupArchive;
import dev.monarch.backup.BackupStore;
import dev.monarch.backup.BackupUpload;
import dev.monarch.backup.Manifest;
import dev.monarch.engine.Sha256;
import dev.monarch.transfer.ReadReport;
import dev.monarch.transfer.ReadReport.Consistency;

/** Backups for tests of stores, made of arbitrary bytes and a manifest that matches them. */
public final class SampleBackups {

    /** The file extension of their data. */
    public static final String EXTENSION = ".archive.zst";

    /** When they were started. */
    public static final Instant STARTED = Instant.parse("2026-11-20T10:30:05Z");

    /** Not a multiple of the size of a part or a buffer. */
    private static final int WRITTEN_AT_ONCE = 700_001;

    /** Tests store the same data again and again. */
    private static final Map<Checksums, String> KNOWN = new ConcurrentHashMap<>();

    private SampleBackups() {}

    /**
     * Returns bytes that cannot be compressed, always the same ones for the same length.
     *
     * @param length the number of bytes
     * @return the bytes
     */
    public static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    /**
     * Stores a backup.
     *
     * @param store the store
     * @param name the name to request; the store may choose another one
     * @param content its data
     * @return its manifest as the store returns it
     * @throws dev.monarch.BackupStoreException if the store cannot keep it
     */
    public static Manifest store(BackupStore store, String name, byte[] content) {
        try (BackupUpload upload = store.begin(name, EXTENSION)) {
            write(upload, content);
            return upload.complete(manifest(upload.name(), STARTED, content));
        }
    }

    /**
     * Writes data in several calls.
     *
     * @param upload the upload
     * @param content the data
     * @throws UncheckedIOException if it cannot be written
     */
    public static void write(BackupUpload upload, byte[] content) {
        try {
            for (int at = 0; at < content.length; at += WRITTEN_AT_ONCE) {
                upload.write(content, at, Math.min(WRITTEN_AT_ONCE, content.length - at));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Returns a manifest.
     *
     * @param name the name of the backup
     * @param started the time of its start
     * @param content its data
     * @return a manifest with the length and the SHA-256 of the data, in one volume
     */
    public static Manifest manifest(String name, Instant started, byte[] content) {
        String sha256 = KNOWN.computeIfAbsent(Checksums.of(content), unknown -> sha256(content));
        return Manifest.builder(name)
                .taken(started, started.plusSeconds(62))
                .of("production", "kennel")
                .server(new Manifest.Server("8.0.4", "replica set rs0", null))
                .consistency(Consistency.BEST, ReadReport.AchievedConsistency.SNAPSHOT)
                .archive(new BackupArchive(
                        "zstd",
                        content.length,
                        sha256,
                        new ArchiveFrame(0, Math.min(5, content.length), 0, 1),
                        List.of(new BackupArchive.Volume(EXTENSION, content.length, sha256))))
                .build();
    }

    /**
     * Computes a SHA-256.
     *
     * @param bytes the bytes
     * @return 64 hexadecimal digits
     */
    public static String sha256(byte[] bytes) {
        MessageDigest digest = Sha256.begin();
        digest.update(bytes);
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Two checksums with different polynomials, which identify data and cost a small part of a SHA-256. */
    private record Checksums(int length, long crc32, long crc32c) {

        static Checksums of(byte[] content) {
            return new Checksums(content.length, checksum(new CRC32(), content), checksum(new CRC32C(), content));
        }

        private static long checksum(Checksum checksum, byte[] content) {
            checksum.update(content);
            return checksum.getValue();
        }
    }
}
