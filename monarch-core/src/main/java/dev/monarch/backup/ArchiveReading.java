package dev.monarch.backup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.monarch.archive.ArchiveOutput.ArchiveFrame;
import dev.monarch.archive.ArchiveOutput.Span;
import dev.monarch.backup.CheckedStream.PlacedFrame;
import dev.monarch.engine.archive.ArchiveSelection;
import dev.monarch.engine.archive.ArchiveSource;
import dev.monarch.engine.archive.ArchivedTotals;

/**
 * Reads an archive for a restore. With a manifest, only the selected collections are read; otherwise the whole
 * archive.
 */
final class ArchiveReading implements AutoCloseable {

    private static final String BEGINNING = "";

    private final CheckedStream stream;

    private final ArchiveSource source;

    /** The expected SHA-256 of the whole archive; null if it is unknown, or only a part is read. */
    private final @Nullable String sha256;

    private ArchiveReading(CheckedStream stream, ArchiveSource source, @Nullable String sha256) {
        this.stream = stream;
        this.source = source;
        this.sha256 = sha256;
    }

    static ArchiveReading open(StoredArchive archive, ArchiveSelection selection) throws IOException {
        Manifest manifest = archive.manifest();
        if (manifest == null) {
            return whole(archive, selection, null);
        }
        // The manifest has exact BSON; the JSON in the archive is not always exact.
        ArchiveSelection known = selection.withKnown(manifest.catalogue().collections());
        return selection.collections().isWhole() ? whole(archive, known, manifest) : part(archive, known, manifest);
    }

    private static ArchiveReading whole(StoredArchive archive, ArchiveSelection selection, @Nullable Manifest manifest)
            throws IOException {
        CheckedStream stream = CheckedStream.of(archive.open(), List.of());
        return of(
                stream,
                () -> ArchiveSource.open(new NonClosingStream(stream), selection),
                manifest == null ? null : manifest.archive().sha256());
    }

    private static ArchiveReading part(StoredArchive archive, ArchiveSelection selection, Manifest manifest)
            throws IOException {
        List<BackedUpCollection> wanted = manifest.collections().stream()
                .filter(collection -> selection.collections().selects(collection.name()))
                .toList();
        List<PlacedFrame> frames = new ArrayList<>();
        frames.add(new PlacedFrame(BEGINNING, 0, manifest.archive().beginning()));
        frames.addAll(CheckedStream.placed(wanted));
        CheckedStream stream = CheckedStream.ofPart(archive.open(spans(frames)), frames);
        List<ArchivedTotals> totals =
                wanted.stream().map(BackedUpCollection::totals).toList();
        return of(stream, () -> ArchiveSource.openPart(new NonClosingStream(stream), selection, totals), null);
    }

    private static List<Span> spans(List<PlacedFrame> frames) {
        return Span.joined(frames.stream()
                .map(PlacedFrame::frame)
                .map(ArchiveReading::span)
                .toList());
    }

    private static Span span(ArchiveFrame frame) {
        return new Span(frame.offset(), frame.length());
    }

    @FunctionalInterface
    private interface Opening {
        ArchiveSource open();
    }

    private static ArchiveReading of(CheckedStream stream, Opening opening, @Nullable String sha256)
            throws IOException {
        try {
            return new ArchiveReading(stream, opening.open(), sha256);
        } catch (RuntimeException e) {
            stream.close();
            throw e;
        }
    }

    ArchiveSource source() {
        return source;
    }

    /** Reads the rest of the stream. Returns what is damaged, as a clause. */
    Optional<String> problem() throws IOException {
        stream.drain();
        if (sha256 != null && !stream.digest().equals(sha256)) {
            return Optional.of("the SHA-256 of its data differs from that in its manifest");
        }
        return stream.damaged().stream().map(ArchiveReading::describe).findFirst();
    }

    private static String describe(PlacedFrame frame) {
        return frame.collection().equals(BEGINNING)
                ? "the beginning of its data is damaged"
                : "'" + frame.collection() + "': " + frame.documents() + " are damaged or missing";
    }

    @Override
    public void close() throws IOException {
        try (stream) {
            source.close();
        }
    }
}
