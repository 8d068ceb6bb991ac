package dev.monarch.engine.archive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

import dev.monarch.archive.ArchiveOutput.ArchiveFrame;
import dev.monarch.archive.ArchiveOutput.ArchivedTotals;
import dev.monarch.archive.ArchiveOutput.Span;
import dev.monarch.engine.transfer.CollectionSink;
import dev.monarch.engine.transfer.DocumentBatch;
import dev.monarch.engine.transfer.Namespace;

/** Writes one collection into an archive. */
final class ArchivedCollectionSink implements CollectionSink {

    private final String name;

    private final Namespace namespace;

    private final ArchiveFormat format;

    private final FramePipeline frames;

    private final List<Attempt> abandoned = new ArrayList<>();

    private Attempt attempt = new Attempt();

    /** The data written since the collection began or restarted. */
    private static final class Attempt {

        private final Crc64 checksum = new Crc64();

        /** Filled by the writer thread. */
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
        add(
                List.of(
                        ByteSlice.of(format.head(namespace)),
                        new ByteSlice(batch.bytes(), 0, batch.length()),
                        ByteSlice.of(ArchiveFormat.TERMINATOR)),
                batch.documents(),
                current);
    }

    @Override
    public void restart() {
        abandoned.add(attempt);
        attempt = new Attempt();
    }

    @Override
    public void end() {
        // The last frame has no documents, so it is not listed.
        add(List.of(ByteSlice.of(format.end(namespace, attempt.checksum.value()))), 0, new Attempt());
        format.ended(namespace);
    }

    private void add(List<ByteSlice> slices, int documents, Attempt to) {
        try {
            frames.add(slices, documents, to::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return the frames of abandoned attempts, to be cut from the archive; valid once everything is written} */
    List<ArchiveFrame> abandoned() {
        return abandoned.stream().flatMap(each -> each.frames().stream()).toList();
    }

    /**
     * Returns the totals of the collection, once everything is written.
     *
     * @param cuts the ranges that were cut from the archive, in their order
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
