package dev.monarch.backup;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.monarch.OperationRefusedException;
import dev.monarch.archive.ArchiveOutput.ArchiveFrame;
import dev.monarch.archive.ArchiveOutput.ArchivedTotals;
import dev.monarch.archive.ArchiveOutput.Span;
import dev.monarch.backup.CheckedStream.PlacedFrame;
import dev.monarch.backup.Manifest.BackedUpCollection;
import dev.monarch.engine.archive.ArchiveSelection;
import dev.monarch.engine.archive.ArchiveSource;
import dev.monarch.engine.archive.UnsupportedArchive;
import dev.monarch.engine.dump.Dump;
import dev.monarch.transfer.TransferProgress.Limit.Stage;

/**
 * Reads an archive for a restore. With a manifest, only the selected collections are read; otherwise the whole
 * archive.
 */
final class OpenArchive implements AutoCloseable {

    private static final String BEGINNING = "";

    private final CheckedStream stream;

    private final ArchiveSource source;

    /** Describes the archive if all of it is read; null if it has no manifest, or only a part is read. */
    private final @Nullable Manifest whole;

    private OpenArchive(CheckedStream stream, ArchiveSource source, @Nullable Manifest whole) {
        this.stream = stream;
        this.source = source;
        this.whole = whole;
    }

    static OpenArchive open(RestoreScope scope) throws IOException {
        StoredArchive archive = scope.archive();
        ArchiveSelection selection = scope.request().archived();
        Manifest manifest = archive.manifest();
        if (manifest == null) {
            return whole(scope, selection, null);
        }
        // The manifest has exact BSON; the JSON in the archive is not always exact.
        ArchiveSelection known = selection.withKnown(manifest.catalogue().collections());
        return selection.collections().isWhole() ? whole(scope, known, manifest) : part(scope, known, manifest);
    }

    private static OpenArchive whole(RestoreScope scope, ArchiveSelection selection, @Nullable Manifest manifest)
            throws IOException {
        Dump dump = scope.archive().dump();
        if (dump != null) {
            CheckedStream nothing = CheckedStream.of(InputStream.nullInputStream(), List.of());
            return of(scope, nothing, () -> ArchiveSource.open(dump.open(), selection), null);
        }
        CheckedStream stream = CheckedStream.of(timed(scope, scope.archive().open()), List.of());
        return of(scope, stream, () -> ArchiveSource.open(new NonClosingStream(stream), selection), manifest);
    }

    private static OpenArchive part(RestoreScope scope, ArchiveSelection selection, Manifest manifest)
            throws IOException {
        List<BackedUpCollection> selected = manifest.collections().stream()
                .filter(collection -> selection.collections().selects(collection.name()))
                .toList();
        List<PlacedFrame> frames = new ArrayList<>();
        frames.add(new PlacedFrame(BEGINNING, 0, manifest.archive().beginning()));
        frames.addAll(CheckedStream.placed(selected));
        CheckedStream stream = CheckedStream.ofPart(timed(scope, scope.archive().open(spans(frames))), frames);
        List<ArchivedTotals> totals =
                selected.stream().map(BackedUpCollection::totals).toList();
        return of(scope, stream, () -> ArchiveSource.openPart(new NonClosingStream(stream), selection, totals), null);
    }

    private static InputStream timed(RestoreScope scope, InputStream stored) {
        return scope.pace().times().timing(Stage.STORE, stored);
    }

    private static List<Span> spans(List<PlacedFrame> frames) {
        return Span.joined(
                frames.stream().map(PlacedFrame::frame).map(OpenArchive::span).toList());
    }

    private static Span span(ArchiveFrame frame) {
        return new Span(frame.offset(), frame.length());
    }

    @FunctionalInterface
    private interface Opening {
        ArchiveSource open();
    }

    private static OpenArchive of(RestoreScope scope, CheckedStream stream, Opening opening, @Nullable Manifest whole)
            throws IOException {
        try {
            return new OpenArchive(stream, opening.open(), whole);
        } catch (OperationRefusedException e) {
            try (stream) {
                throw explained(e, scope, stream, whole);
            }
        } catch (RuntimeException e) {
            stream.close();
            throw e;
        }
    }

    ArchiveSource source() {
        return source;
    }

    /** Returns the exception for a refused archive: the refusal itself, unless the archive is damaged. */
    RuntimeException explained(OperationRefusedException refusal, RestoreScope scope) throws IOException {
        return explained(refusal, scope, stream, whole);
    }

    private static RuntimeException explained(
            OperationRefusedException refusal, RestoreScope scope, CheckedStream stream, @Nullable Manifest whole)
            throws IOException {
        if (!UnsupportedArchive.isCauseOf(refusal)) {
            return refusal;
        }
        return problem(stream, whole)
                .<RuntimeException>map(
                        problem -> scope.damaged(problem + "; " + UnsupportedArchive.unreadable(refusal)))
                .orElseGet(
                        () -> UnsupportedArchive.named(refusal, scope.archive().title()));
    }

    /** Reads the rest of the stream. Returns what is damaged, as a clause. */
    Optional<String> problem() throws IOException {
        return problem(stream, whole);
    }

    private static Optional<String> problem(CheckedStream stream, @Nullable Manifest whole) throws IOException {
        List<String> differences = stream.differences(whole);
        return differences.isEmpty()
                ? stream.damaged().stream().map(OpenArchive::describe).findFirst()
                : Optional.of(String.join("; ", differences));
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
