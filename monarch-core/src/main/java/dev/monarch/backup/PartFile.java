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
 * Writes the data of a backup to a file.
 *
 * <p>One buffer is filled while another is written. A private thread writes, because an interrupt would close the
 * file. Used by one thread at a time. {@link #close()} may be called by another thread, but only by one.
 */
final class PartFile implements AutoCloseable {

    private final Path path;

    private final DirectIoFile file;

    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread daemon = new Thread(task, "monarch-write-file");
        daemon.setDaemon(true);
        return daemon;
    });

    private ByteBuffer filling;

    private ByteBuffer other;

    private CompletableFuture<Void> pending = CompletableFuture.completedFuture(null);

    /** An operation on the writer thread. */
    private interface Step {

        void run() throws IOException;
    }

    /**
     * Opens a file.
     *
     * @param path the path of an existing, empty file
     */
    PartFile(Path path) throws IOException {
        this.path = path;
        this.file = DirectIoFile.open(path);
        this.filling = file.piece();
        this.other = file.piece();
    }

    /** Appends bytes. May throw the failure of an earlier write. */
    void append(byte[] bytes, int offset, int length) throws IOException {
        for (int taken = 0; taken < length; ) {
            int now = Math.min(length - taken, filling.remaining());
            filling.put(bytes, offset + taken, now);
            taken += now;
            if (!filling.hasRemaining()) {
                writeBuffer();
            }
        }
    }

    private void writeBuffer() throws IOException {
        await(pending);
        ByteBuffer piece = filling.flip();
        filling = other;
        other = piece;
        pending = begin(() -> {
            file.append(piece);
            piece.clear();
        });
    }

    /** Removes ranges from what was appended. */
    void cut(List<Span> spans) throws IOException {
        writeAll();
        await(begin(() -> file.cut(spans)));
    }

    /** {@return a stream of what was appended} */
    InputStream contents() throws IOException {
        writeAll();
        return Files.newInputStream(path);
    }

    /** Fsyncs the file. */
    void force() throws IOException {
        writeAll();
        await(begin(file::force));
    }

    private void writeAll() throws IOException {
        await(pending);
        await(begin(() -> {
            file.appendOdd(filling.flip());
            filling.clear();
        }));
    }

    private CompletableFuture<Void> begin(Step step) throws IOException {
        try {
            return CompletableFuture.runAsync(() -> runUnchecked(step), thread);
        } catch (RejectedExecutionException e) {
            throw new IOException("'" + path + "' was closed", e);
        }
    }

    private static void runUnchecked(Step step) {
        try {
            step.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits even if the caller is interrupted, because disk writes end soon. */
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

    /** Closes the file, after waiting for a current write. */
    @Override
    public void close() throws IOException {
        if (!thread.isShutdown()) {
            CompletableFuture<Void> end = begin(file::close);
            thread.shutdown();
            await(end);
        }
    }
}
