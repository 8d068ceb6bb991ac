package dev.monarch.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

import dev.monarch.archive.ArchiveOutput.Span;

/**
 * The data of a backup on its way into a folder.
 *
 * <p>One piece is written while the next is being gathered, by a thread that nobody else knows: an interrupt would close the
 * file. Used by one thread at a time; {@link #close()} may come from another, though not from two.
 */
final class PartFile implements AutoCloseable {

    private final Path path;

    private final DirectIoFile file;

    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread daemon = new Thread(task, "monarch-write-file");
        daemon.setDaemon(true);
        return daemon;
    });

    private ByteBuffer gathered;

    private ByteBuffer other;

    private CompletableFuture<Void> underWay = CompletableFuture.completedFuture(null);

    /** A step of the thread. */
    private interface Step {

        void run() throws IOException;
    }

    /**
     * Opens a file.
     *
     * @param path where it is; it is there, and empty
     */
    PartFile(Path path) throws IOException {
        this.path = path;
        this.file = DirectIoFile.open(path);
        this.gathered = file.piece();
        this.other = file.piece();
    }

    /** Appends bytes; what went wrong with those before may be thrown only now. */
    void append(byte[] bytes, int offset, int length) throws IOException {
        for (int taken = 0; taken < length; ) {
            int now = Math.min(length - taken, gathered.remaining());
            gathered.put(bytes, offset + taken, now);
            taken += now;
            if (!gathered.hasRemaining()) {
                writeGathered();
            }
        }
    }

    private void writeGathered() throws IOException {
        await(underWay);
        ByteBuffer piece = gathered.flip();
        gathered = other;
        other = piece;
        underWay = begin(() -> {
            file.append(piece);
            piece.clear();
        });
    }

    /** Takes stretches out of what was appended. */
    void cut(List<Span> spans) throws IOException {
        writeAll();
        await(begin(() -> file.cut(spans)));
    }

    /** Reads what was appended. */
    InputStream contents() throws IOException {
        writeAll();
        return Files.newInputStream(path);
    }

    /** Sees to it that everything appended survives a crash. */
    void force() throws IOException {
        writeAll();
        await(begin(file::force));
    }

    private void writeAll() throws IOException {
        await(underWay);
        await(begin(() -> {
            file.appendOdd(gathered.flip());
            gathered.clear();
        }));
    }

    private CompletableFuture<Void> begin(Step step) throws IOException {
        try {
            return CompletableFuture.runAsync(() -> runUnchecked(step), thread);
        } catch (RejectedExecutionException e) {
            throw new IOException("'" + path + "' was given up", e);
        }
    }

    private static void runUnchecked(Step step) {
        try {
            step.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits even if the caller is interrupted, for what goes to a disk ends. */
    private static void await(CompletableFuture<Void> step) throws IOException {
        try {
            step.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof UncheckedIOException failure) {
                throw failure.getCause();
            }
            throw e;
        }
    }

    /** Closes the file; may be called while something is being written, which it waits for. */
    @Override
    public void close() throws IOException {
        if (!thread.isShutdown()) {
            CompletableFuture<Void> end = begin(file::close);
            thread.shutdown();
            await(end);
        }
    }
}
