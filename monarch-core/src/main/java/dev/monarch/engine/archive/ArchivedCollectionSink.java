package dev.monarch.engine.archive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

import dev.monarch.archive.ArchiveOutput.ArchiveFrame;
import dev.monarch.archive.ArchiveOutput.Span;
import dev.monarch.engine.transfer.CollectionSink;
import dev.monarch.engine.transfer.DocumentBatch;
import dev.monarch.engine.transfer.Namespace;

/** One collection on its way into an archive. */
final class ArchivedCollectionSink implements CollectionSink {

    private final String name;

    private final Namespace namespace;

    private final ArchiveFormat format;

    private final FramePipeline frames;

    private final List<Attempt> forgotten = new ArrayList<>();

    private Attempt attempt = new Attempt();

    /** All that came since the collection began, or began again. */
    private static final class Attempt {

        private final Crc64 checksum = new Crc64();

        /** Filled by the thread that writes. */
        private final List<ArchiveFrame> written = new ArrayList<>();

        private long documents;

        private long bytes;

        private synchronized void add(ArchiveFrame frame) {
            written.add(frame);
        }

        private synchronized List<ArchiveFrame> frames() {
            return List.copyOf(written);
        }
    }

    ArchivedCollectionSink(ArchivedCollection collection, ArchiveFormat format, FramePipeline frames) {
        this.name = collection.namespace().collection();
        this.namespace = collection.blocks();
        this.format = format;
        this.frames = frames;
    }

    @Override
    public void documents(DocumentBatch batch) {
        Attempt current = attempt;
        current.checksum.update(batch.bytes(), 0, batch.length());
        current.documents += batch.documents();
        current.bytes += batch.length();
        give(
                List.of(
                        Piece.of(format.head(namespace)),
                        new Piece(batch.bytes(), 0, batch.length()),
                        Piece.of(ArchiveFormat.TERMINATOR)),
                batch.documents(),
                current);
    }

    @Override
    public void restart() {
        forgotten.add(attempt);
        attempt = new Attempt();
    }

    @Override
    public void end() {
        // Where it ends is of no interest to who looks for its documents.
        give(List.of(Piece.of(format.end(namespace, attempt.checksum.value()))), 0, new Attempt());
        format.ended(namespace);
    }

    private void give(List<Piece> pieces, int documents, Attempt to) {
        try {
            frames.give(pieces, documents, to::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the frames that do not count, once everything is written. */
    List<ArchiveFrame> forgotten() {
        return forgotten.stream().flatMap(each -> each.frames().stream()).toList();
    }

    /**
     * Returns what the archive holds, once everything is written.
     *
     * @param cuts what was taken out of the archive afterwards, in order
     */
    ArchivedTotals totals(List<Span> cuts) {
        List<ArchiveFrame> moved =
                attempt.frames().stream().map(frame -> moved(frame, cuts)).toList();
        return new ArchivedTotals(name, attempt.documents, attempt.bytes, attempt.checksum.value(), moved);
    }

    private static ArchiveFrame moved(ArchiveFrame frame, List<Span> cuts) {
        long before = cuts.stream()
                .takeWhile(cut -> cut.offset() < frame.offset())
                .mapToLong(Span::length)
                .sum();
        return new ArchiveFrame(frame.offset() - before, frame.length(), frame.documents(), frame.crc());
    }
}
