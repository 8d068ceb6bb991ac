package dev.monarch.benchmarks;

import java.time.Instant;
import java.util.List;

import dev.monarch.archive.ArchiveOutput.ArchiveFrame;
import dev.monarch.backup.Manifest;
import dev.monarch.transfer.CollectionSelection;
import dev.monarch.transfer.Consistency;
import dev.monarch.transfer.ReadReport;

/** The manifest of an archive that nobody wrote. */
final class BenchmarkManifest {

    private BenchmarkManifest() {}

    static Manifest of(String name, long length) {
        String sha256 = "0".repeat(64);
        Instant now = Instant.now();
        return new Manifest(
                name,
                "benchmark",
                "benchmark",
                "benchmark",
                null,
                now,
                now,
                new Manifest.Server("8.0.4", "standalone", null),
                new Manifest.Reading(Consistency.NONE, ReadReport.Had.NONE, null, List.of(), List.of()),
                CollectionSelection.ALL,
                null,
                null,
                "zstd",
                new Manifest.Archive(
                        length,
                        sha256,
                        new ArchiveFrame(0, 1, 0, 0),
                        List.of(new Manifest.Volume(".archive.zst", length, sha256))),
                List.of());
    }
}
