package dev.monarch.engine.archive;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

import com.mongodb.MongoInterruptedException;
import org.jspecify.annotations.Nullable;

import dev.monarch.archive.ArchiveOutput;
import dev.monarch.archive.ArchiveOutput.ArchiveFrame;
import dev.monarch.archive.Compression;
import dev.monarch.engine.transfer.StageTimes;
import dev.monarch.engine.transfer.TransferPace;
import dev.monarch.transfer.Pace;
import dev.monarch.transfer.TransferProgress.Limit.Stage;

/**
 * Compresses frames on several threads and writes them in the order in which they were added.
 *
 * <p>The number of bytes in the pipeline is limited; a caller that adds more has to wait. After a failure, all queued
 * frames are dropped and every later call throws.
 */
final class FramePipeline implements AutoCloseable {

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    private static final String ABANDONED = "the archive was abandoned";

    private final FrameOutput output;

    private final ExecutorService compressing;

    private final BlockingQueue<FrameCompressor> compressors;

    private final BlockingQueue<Work> queue = new LinkedBlockingQueue<>();

    private final PipelineSpace space;

    private final Thread writing;

    private final StageTimes times;

    /** What the writing thread did, in nanoseconds. */
    private long compressingFor;

    private long writingFor;

    private final TransferPace pace;

    private final ProcessorYield processors;

    /** How long the compressing threads took, with their pauses, in nanoseconds. */
    private final LongAdder working = new LongAdder();

    private volatile @Nullable Throwable failure;

    private volatile boolean abandoned;

    /** A frame that is being compressed; without a frame, the end of the archive. */
    private record Work(
            @Nullable Future<List<ByteSlice>> frame, int bytes, int documents, Consumer<ArchiveFrame> written) {}

    FramePipeline(ArchiveOutput output, Compression compression, int threads) {
        this(output, compression, threads, TransferPace.of(Pace.FULL));
    }

    FramePipeline(ArchiveOutput output, Compression compression, TransferPace pace) {
        this(output, compression, pace.compressors(), pace);
    }

    private FramePipeline(ArchiveOutput output, Compression compression, int threads, TransferPace pace) {
        this.output = new FrameOutput(output);
        this.times = pace.times();
        this.pace = pace;
        this.processors = new ProcessorYield(pace);
        this.compressing = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = daemon(task, "monarch-compress");
            thread.setPriority(pace.compressorPriority());
            return thread;
        });
        this.compressors = new ArrayBlockingQueue<>(threads);
        for (int i = 0; i < threads; i++) {
            compressors.add(FrameCompressor.of(compression, processors));
        }
        this.space = PipelineSpace.of(threads);
        this.writing = daemon(this::write, "monarch-write");
        writing.start();
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Adds a frame.
     *
     * @param slices its content
     * @param documents how many documents it contains
     * @param written receives the position of the frame, on another thread
     */
    void add(List<ByteSlice> slices, int documents, Consumer<ArchiveFrame> written) throws IOException {
        requireNoFailure();
        int taken = reserve(slices);
        queue.add(new Work(submit(slices), taken, documents, written));
    }

    private int reserve(List<ByteSlice> slices) throws IOException {
        try {
            return space.reserve(ByteSlice.length(slices), this::requireNoFailure);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private Future<List<ByteSlice>> submit(List<ByteSlice> slices) throws IOException {
        try {
            return compressing.submit(() -> compress(slices));
        } catch (RejectedExecutionException e) {
            throw new IOException(ABANDONED, e);
        }
    }

    private List<ByteSlice> compress(List<ByteSlice> slices) throws InterruptedException {
        Thread.currentThread().setPriority(pace.compressorPriority());
        FrameCompressor compressor = compressors.take();
        long begun = System.nanoTime();
        try {
            return compressor.compress(slices);
        } finally {
            working.add(System.nanoTime() - begun);
            compressors.add(compressor);
        }
    }

    /** The frame is lost, so the archive must never be completed. */
    private MongoInterruptedException interrupted(InterruptedException cause) {
        fail(cause);
        Thread.currentThread().interrupt();
        return new MongoInterruptedException("Interrupted while writing an archive", cause);
    }

    /** Waits until all frames are written. */
    void finish() throws IOException {
        queue.add(new Work(null, 0, 0, frame -> {}));
        long begun = System.nanoTime();
        try {
            writing.join();
            divide(space.waited() + System.nanoTime() - begun);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        requireNoFailure();
    }

    /**
     * A full pipeline waits for the compressors or for the store, as the writing thread did. The compressors paused for
     * a part of their time.
     */
    private void divide(long waited) {
        long both = Math.max(1, compressingFor + writingFor);
        long stored = (long) (waited * ((double) writingFor / both));
        long paced = (long) ((waited - stored) * ((double) processors.paused() / Math.max(1, working.sum())));
        times.add(Stage.STORE, stored);
        times.add(Stage.PACE, paced);
        times.add(Stage.COMPRESSOR, waited - stored - paced);
    }

    /** {@return how many bytes were written; valid after {@link #finish}} */
    long length() {
        return output.length();
    }

    /** {@return the SHA-256 of the written data} Can be called once, after {@link #finish}. */
    String digest() {
        return output.digest();
    }

    /** Keeps the first failure, which is the cause of later ones. */
    private synchronized void fail(Throwable cause) {
        failure = failure == null ? cause : failure;
    }

    private void requireNoFailure() throws IOException {
        Throwable thrown = failure;
        if (thrown != null) {
            throw new IOException(thrown.getMessage(), thrown);
        }
    }

    private void write() {
        try {
            Work work = queue.take();
            while (work.frame() != null) {
                if (failure == null) {
                    write(work);
                }
                space.release(work.bytes());
                if (abandoned) {
                    // The output may have consumed the interrupt.
                    return;
                }
                work = queue.take();
            }
        } catch (InterruptedException e) {
            fail(e);
        }
    }

    private void write(Work work) throws InterruptedException {
        try {
            long begun = System.nanoTime();
            List<ByteSlice> compressed = Objects.requireNonNull(work.frame()).get();
            long ready = System.nanoTime();
            ArchiveFrame frame = output.write(compressed, work.documents());
            compressingFor += ready - begun;
            writingFor += System.nanoTime() - ready;
            work.written().accept(frame);
        } catch (ExecutionException e) {
            fail(Objects.requireNonNullElse(e.getCause(), e));
        } catch (IOException | RuntimeException | Error e) {
            fail(e);
        }
    }

    /**
     * Discards what is not written yet. Afterwards nothing is written to the output, unless the output ignores an
     * interrupt.
     */
    @Override
    public void close() {
        fail(new IOException(ABANDONED));
        abandoned = true;
        writing.interrupt();
        compressing.shutdownNow();
        awaitEnd();
        compressors.forEach(FrameCompressor::close);
    }

    private void awaitEnd() {
        boolean interrupted = Thread.interrupted();
        try {
            writing.join(CLOSE_TIMEOUT.toMillis());
            compressing.awaitTermination(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
