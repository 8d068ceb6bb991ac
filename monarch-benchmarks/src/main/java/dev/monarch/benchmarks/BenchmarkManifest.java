package dev.monarch.benchmarks;

import java.time.Instant;
import java.util.List;

import dev.monarch.archive.ArchiveOutput.ArchiveFrame;
import dev.monarch.backup.BackupArchive;
import dev.monarch.backup.Manifest;

/** The manifest of an archive that does not exist. */
final class BenchmarkManifest {

    private BenchmarkManifest() {}

    static Manifest of(String name, long length) {
        String sha256 = "0".repeat(64);
        Instant now = Instant.now();
        return Manifest.builder(name)
                .taken(now, now)
                .of("benchmark", "benchmark")
                .archive(new BackupArchive(
                        "zstd",
                        length,
                        sha256,
                        new ArchiveFrame(0, 1, 0, 0),
                        List.of(new BackupArchive.Volume(".archive.zst", length, sha256))))
                .build();
    }
}
