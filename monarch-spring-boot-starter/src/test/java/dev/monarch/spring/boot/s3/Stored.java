package dev.monarch.spring.boot.s3;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

import dev.monarch.archive.ArchiveFrame;
import dev.monarch.backup.BackupStore;
import dev.monarch.backup.BackupUpload;
import dev.monarch.backup.Manifest;
import dev.monarch.transfer.CollectionSelection;
import dev.monarch.transfer.Consistency;
import dev.monarch.transfer.ReadReport;

/** Backups that nobody took. */
final class Stored {

    static final String EXTENSION = ".archive.zst";

    static final Instant STARTED = Instant.parse("2026-11-20T10:30:05Z");

    private Stored() {}

    /** The same bytes for the same length, which nothing compresses. */
    static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    static Manifest in(BackupStore store, String name, byte[] content) {
        try (BackupUpload upload = store.begin(name, EXTENSION)) {
            write(upload, content);
            return upload.complete(manifest(upload.name(), STARTED, content));
        }
    }

    static void write(BackupUpload upload, byte[] content) {
        int step = 700_001;
        try {
            for (int at = 0; at < content.length; at += step) {
                upload.write(content, at, Math.min(step, content.length - at));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Manifest manifest(String name, Instant started, byte[] content) {
        String sha256 = sha256(content);
        return new Manifest(
                name,
                "1.0.0",
                "production",
                "kennel",
                null,
                started,
                started.plusSeconds(62),
                new Manifest.Server("8.0.4", "replica set rs0", null),
                new Manifest.Reading(Consistency.BEST, ReadReport.Had.SNAPSHOT, null, List.of(), List.of()),
                CollectionSelection.ALL,
                null,
                null,
                "zstd",
                new Manifest.Archive(
                        content.length,
                        sha256,
                        new ArchiveFrame(0, Math.min(5, content.length), 0, 1),
                        List.of(new Manifest.Volume(EXTENSION, content.length, sha256))),
                List.of());
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
