package dev.monarch.engine.archive;

import java.io.IOException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
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
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

import com.mongodb.MongoInterruptedException;
import org.jspecify.annotations.Nullable;

import dev.monarch.archive.ArchiveOutput;
import dev.monarch.archive.ArchiveOutput.ArchiveFrame;
import dev.monarch.archive.Compression;

/**
 * Compresses frames on several threads and writes them in the order in which they were given.
 *
 * <p>Only so many bytes are under way at once; who gives more waits. After a failure everything given is dropped,
 * and everybody who gives is told.
 */
final class FramePipeline implements AutoCloseable {

    private static final Duration LOOK_UP = Duration.ofMillis(100);

    private static final Duration LONGEST_END = Duration.ofSeconds(10);

    /** A little more than the batch of a source, with what stands around it. */
    private static final int LARGE_FRAME = 4 * 1024 * 1024 + 64 * 1024;

    /** A computer with many processors need not have much memory for each. */
    private static final int PART_OF_THE_HEAP = 12;

    /** What the smallest frame counts, for it is more than its bytes. */
    private static final int LEAST = 16 * 1024;

    private static final String GIVEN_UP = "the archive was given up";

    private final ArchiveOutput output;

    private final ExecutorService compressing;

    private final BlockingQueue<FrameCompressor> compressors;

    private final BlockingQueue<Work> underWay = new LinkedBlockingQueue<>();

    private final int most;

    /** How many bytes more may be under way; by bytes, so that many small frames are when one thread is held up. */
    private final Semaphore room;

    private final MessageDigest sha256 = Sha256.begin();

    private final Thread writing;

    private volatile @Nullable Throwable failure;

    private volatile boolean givenUp;

    private long length;

    /** A frame that is being compressed; the end of all if there is none. */
    private record Work(@Nullable Future<List<Piece>> frame, int room, int documents, Consumer<ArchiveFrame> written) {}

    FramePipeline(ArchiveOutput output, Compression compression, int threads) {
        this.output = output;
        this.compressing = Executors.newFixedThreadPool(threads, task -> daemon(task, "monarch-compress"));
        this.compressors = new ArrayBlockingQueue<>(threads);
        for (int i = 0; i < threads; i++) {
            compressors.add(FrameCompressor.of(compression));
        }
        this.most = bytesUnderWay(threads);
        this.room = new Semaphore(most, true);
        this.writing = daemon(this::write, "monarch-write");
        writing.start();
    }

    private static int bytesUnderWay(int threads) {
        long wanted = (threads + 2L) * LARGE_FRAME;
        long fitting = Runtime.getRuntime().maxMemory() / PART_OF_THE_HEAP;
        return (int) Math.min(Integer.MAX_VALUE, Math.max(LARGE_FRAME, Math.min(wanted, fitting)));
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Gives a frame.
     *
     * @param pieces what is in it
     * @param documents how many documents that is
     * @param written is told where the frame is, by another thread
     */
    void give(List<Piece> pieces, int documents, Consumer<ArchiveFrame> written) throws IOException {
        requireNoFailure();
        int taken = takeRoom(pieces);
        underWay.add(new Work(submit(pieces), taken, documents, written));
    }

    /** Looks up now and then, for after a failure nobody may be left to make room. */
    private int takeRoom(List<Piece> pieces) throws IOException {
        int taken = Math.max(LEAST, Math.min(most, Piece.length(pieces)));
        try {
            while (!room.tryAcquire(taken, LOOK_UP.toMillis(), TimeUnit.MILLISECONDS)) {
                requireNoFailure();
            }
            return taken;
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private Future<List<Piece>> submit(List<Piece> pieces) throws IOException {
        try {
            return compressing.submit(() -> compress(pieces));
        } catch (RejectedExecutionException e) {
            throw new IOException(GIVEN_UP, e);
        }
    }

    private List<Piece> compress(List<Piece> pieces) throws InterruptedException {
        FrameCompressor compressor = compressors.take();
        try {
            return compressor.compress(pieces);
        } finally {
            compressors.add(compressor);
        }
    }

    /** A frame is missing from now on, so there must never be a whole archive. */
    private MongoInterruptedException interrupted(InterruptedException cause) {
        fail(cause);
        Thread.currentThread().interrupt();
        return new MongoInterruptedException("Interrupted while an archive was written", cause);
    }

    /** Waits until everything given is written. */
    void finish() throws IOException {
        underWay.add(new Work(null, 0, 0, frame -> {}));
        try {
            writing.join();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        requireNoFailure();
    }

    /** Returns how many bytes were written; once everything is. */
    long length() {
        return length;
    }

    /** Returns the SHA-256 of what was written; once everything is, and once only. */
    String digest() {
        return HexFormat.of().formatHex(sha256.digest());
    }

    /** Keeps the first failure, which is the cause of the others. */
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
            Work work = underWay.take();
            while (work.frame() != null) {
                if (failure == null) {
                    write(work);
                }
                room.release(work.room());
                if (givenUp) {
                    // The output may have taken the interrupt for itself.
                    return;
                }
                work = underWay.take();
            }
        } catch (InterruptedException e) {
            fail(e);
        }
    }

    private void write(Work work) throws InterruptedException {
        try {
            CRC32C checksum = new CRC32C();
            long begin = length;
            for (Piece piece : Objects.requireNonNull(work.frame()).get()) {
                output.write(piece.bytes(), piece.offset(), piece.length());
                sha256.update(piece.bytes(), piece.offset(), piece.length());
                checksum.update(piece.bytes(), piece.offset(), piece.length());
                length += piece.length();
            }
            work.written().accept(new ArchiveFrame(begin, length - begin, work.documents(), checksum.getValue()));
        } catch (ExecutionException e) {
            fail(Objects.requireNonNullElse(e.getCause(), e));
        } catch (IOException | RuntimeException | Error e) {
            fail(e);
        }
    }

    /** Gives up what has not been written; the output is left alone afterwards, unless it does not heed an interrupt. */
    @Override
    public void close() {
        fail(new IOException(GIVEN_UP));
        givenUp = true;
        writing.interrupt();
        compressing.shutdownNow();
        awaitEnd();
        compressors.forEach(FrameCompressor::close);
    }

    private void awaitEnd() {
        boolean interrupted = Thread.interrupted();
        try {
            writing.join(LONGEST_END.toMillis());
            compressing.awaitTermination(LONGEST_END.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
