package dev.monarch.engine.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import dev.monarch.archive.ArchiveOutput;
import dev.monarch.archive.ArchiveOutput.ArchiveFrame;
import dev.monarch.archive.ArchiveOutput.ArchivedTotals;
import dev.monarch.archive.ArchiveOutput.Span;
import dev.monarch.archive.Compression;
import dev.monarch.engine.Sha256;
import dev.monarch.engine.transfer.Catalogue;
import dev.monarch.engine.transfer.CollectionSink;
import dev.monarch.engine.transfer.TransferPace;
import dev.monarch.engine.transfer.TransferSink;
import dev.monarch.transfer.CollectionDescription;

/**
 * Writes a database as a mongodump archive, in independently decompressible frames.
 *
 * <p>The beginning, each batch and each end of a collection is one frame. If the output fails, the next call throws
 * an {@link UncheckedIOException}. The output is a valid archive only after {@link #complete()} has returned.
 */
public final class ArchiveSink implements TransferSink, AutoCloseable {

    private static final String FORMAT_VERSION = "0.1";

    private final ArchiveOutput output;

    private final ArchiveHeader header;

    private final int concurrentCollections;

    private final FramePipeline frames;

    private final Map<String, ArchivedCollectionSink> collections = new LinkedHashMap<>();

    private @Nullable ArchiveFormat format;

    private volatile @Nullable ArchiveFrame beginning;

    private boolean completed;

    /**
     * Creates a sink.
     *
     * @param output receives the bytes; not closed by the sink
     * @param serverVersion the version of the source server, with at least three numbers
     * @param compression the compression
     * @param threads how many threads compress; at least 1
     * @param concurrentCollections how many collections are written at the same time; at least 1
     */
    public ArchiveSink(
            ArchiveOutput output,
            String serverVersion,
            Compression compression,
            int threads,
            int concurrentCollections) {
        this(output, serverVersion, concurrentCollections, new FramePipeline(output, compression, threads));
    }

    /**
     * Creates a sink for a transfer with a pace.
     *
     * @param output receives the bytes; not closed by the sink
     * @param serverVersion the version of the source server, with at least three numbers
     * @param compression the compression
     * @param pace determines how many threads compress, and how many collections are written at the same time
     */
    public ArchiveSink(ArchiveOutput output, String serverVersion, Compression compression, TransferPace pace) {
        this(output, serverVersion, pace.workers(), new FramePipeline(output, compression, pace));
    }

    private ArchiveSink(ArchiveOutput output, String serverVersion, int concurrentCollections, FramePipeline frames) {
        this.output = output;
        this.header = new ArchiveHeader(FORMAT_VERSION, serverVersion, "monarch");
        this.concurrentCollections = concurrentCollections;
        this.frames = frames;
    }

    @Override
    public void begin(Catalogue catalogue) {
        List<ArchivedCollection> archived = catalogue.collections().stream()
                .map(collection -> CollectionMetadata.write(catalogue.database(), collection))
                .toList();
        ArchiveFormat begun = new ArchiveFormat(header, concurrentCollections, archived);
        for (ArchivedCollection collection : archived) {
            collections.put(collection.namespace().collection(), new ArchivedCollectionSink(collection, begun, frames));
        }
        format = begun;
        try {
            frames.add(List.of(ByteSlice.of(begun.beginning())), 0, frame -> beginning = frame);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public CollectionSink collection(CollectionDescription collection) {
        return Objects.requireNonNull(collections.get(collection.name()), collection.name());
    }

    /**
     * Completes the archive. All bytes are written to the output when this method returns.
     *
     * @return what the archive contains
     * @throws IllegalStateException if a collection has not ended, or the archive was completed before
     * @throws UncheckedIOException if the output failed
     */
    public ArchiveContents complete() {
        Objects.requireNonNull(format, "begin was not called").requireComplete();
        if (completed) {
            throw new IllegalStateException("The archive is already complete");
        }
        completed = true;
        try {
            frames.finish();
            List<Span> cuts = cuts();
            return cuts.isEmpty() ? contents(cuts, frames.length(), frames.digest()) : cut(cuts);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Span> cuts() {
        return Span.joined(collections.values().stream()
                .flatMap(collection -> collection.abandoned().stream())
                .map(frame -> new Span(frame.offset(), frame.length()))
                .toList());
    }

    private ArchiveContents cut(List<Span> cuts) throws IOException {
        output.cut(cuts);
        MessageDigest sha256 = Sha256.begin();
        long length;
        try (InputStream contents = new DigestInputStream(output.contents(), sha256)) {
            length = contents.transferTo(OutputStream.nullOutputStream());
        }
        return contents(cuts, length, HexFormat.of().formatHex(sha256.digest()));
    }

    private ArchiveContents contents(List<Span> cuts, long length, String sha256) {
        List<ArchivedTotals> totals = new ArrayList<>();
        collections.values().forEach(collection -> totals.add(collection.totals(cuts)));
        return new ArchiveContents(length, sha256, Objects.requireNonNull(beginning), totals);
    }

    /** Discards what is not written yet. Has no effect once the archive is complete. */
    @Override
    public void close() {
        frames.close();
    }
}
