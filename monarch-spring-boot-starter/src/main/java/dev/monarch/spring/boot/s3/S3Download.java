package dev.monarch.spring.boot.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

import org.jspecify.annotations.Nullable;

import dev.monarch.BackupStoreException;
import dev.monarch.archive.ArchiveOutput.Span;

/** Reads spans of a backup's data. It downloads the next parts while one is being read. */
final class S3Download extends InputStream {

    private final S3Bucket bucket;

    private final S3Limits limits;

    private final PartThreads threads;

    private final Deque<S3Volumes.Part> remaining;

    private final Deque<Future<byte[]>> running = new ArrayDeque<>();

    private byte @Nullable [] current;

    private final Deque<Integer> lengths = new ArrayDeque<>();

    private final Deque<byte[]> free = new ArrayDeque<>();

    /** The length of every buffer: the longest part, so that each buffer fits each part. */
    private final int longest;

    private int position;

    private int end;

    private boolean closed;

    private S3Download(S3Bucket bucket, List<S3Volumes.Part> parts, S3Limits limits) {
        this.bucket = bucket;
        this.limits = limits;
        this.remaining = new ArrayDeque<>(parts);
        this.longest = parts.stream().mapToInt(S3Volumes.Part::length).max().orElse(0);
        this.threads = new PartThreads(limits.parallel(), "monarch-s3-download");
    }

    static S3Download of(S3Volumes volumes, List<Span> spans, S3Limits limits) {
        return new S3Download(volumes.bucket(), volumes.parts(spans, limits.partSize()), limits);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (closed) {
            throw new IOException("The stream is closed");
        }
        if (length == 0) {
            return 0;
        }
        if (position == end && !next()) {
            return -1;
        }
        int read = Math.min(length, end - position);
        System.arraycopy(current, position, bytes, offset, read);
        position += read;
        return read;
    }

    private boolean next() throws IOException {
        if (current != null) {
            free.add(current);
            current = null;
        }
        startDownloads();
        Future<byte[]> first = running.poll();
        if (first == null) {
            return false;
        }
        current = get(first);
        position = 0;
        end = lengths.remove();
        return true;
    }

    private void startDownloads() {
        while (running.size() < limits.parallel() && !remaining.isEmpty()) {
            S3Volumes.Part part = remaining.remove();
            byte[] room = free.isEmpty() ? new byte[longest] : free.remove();
            lengths.add(part.length());
            running.add(threads.submit(() -> {
                new PartDownload(bucket, part, room).run(limits);
                return room;
            }));
        }
    }

    private byte[] get(Future<byte[]> part) throws IOException {
        try {
            return part.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            IOException interrupted = new InterruptedIOException("Interrupted while downloading a part");
            interrupted.initCause(e);
            throw interrupted;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof BackupStoreException failure
                    ? failure
                    : bucket.failed("it cannot be read", e);
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            threads.close();
        }
    }
}
