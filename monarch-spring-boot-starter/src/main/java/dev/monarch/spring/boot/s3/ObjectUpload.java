package dev.monarch.spring.boot.s3;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.CompletedPart;

import dev.monarch.BackupStoreException;

/**
 * The upload of one object in parts. Several parts are sent concurrently, each with its checksum (CRC-32C). If
 * everything fits into one part, it is sent as a single object. The object exists only after {@link #complete()} has
 * returned.
 */
final class ObjectUpload {

    private final S3Bucket bucket;

    private final String key;

    private final S3Limits limits;

    private final PartThreads threads;

    private final PartBuffers buffers;

    private final List<Future<CompletedPart>> sending = new ArrayList<>();

    private byte @Nullable [] part;

    private int used;

    private long length;

    private volatile @Nullable BackupStoreException failure;

    private @Nullable ObjectParts parts;

    /** Whether there may be multipart uploads, or an object, whose answers were lost. */
    private boolean inParts;

    private boolean completing;

    private boolean ended;

    ObjectUpload(S3Bucket bucket, String key, S3Limits limits, PartThreads threads, PartBuffers buffers) {
        this.bucket = bucket;
        this.key = key;
        this.limits = limits;
        this.threads = threads;
        this.buffers = buffers;
    }

    long length() {
        return length;
    }

    /**
     * Takes as many bytes as fit into the object and its next part, and returns the number: 0 if the object is full.
     */
    int write(byte[] bytes, int offset, int count) throws InterruptedException, IOException {
        BackupStoreException thrown = failure;
        if (thrown != null) {
            throw thrown;
        }
        if (part != null && used == part.length) {
            send(part);
        }
        if (part == null) {
            if (sending.size() == limits.partsPerVolume()) {
                return 0;
            }
            part = buffers.take(limits.sizeOf(sending.size() + 1));
            used = 0;
        }
        int taken = Math.min(count, part.length - used);
        System.arraycopy(bytes, offset, part, used, taken);
        used += taken;
        length += taken;
        return taken;
    }

    private void send(byte[] filled) {
        ObjectParts begun = begun();
        int number = sending.size() + 1;
        ObjectBytes bytes = new ObjectBytes(filled, used);
        part = null;
        sending.add(threads.submit(() -> {
            try {
                return begun.send(number, bytes);
            } catch (RuntimeException e) {
                failure = failed(e);
                throw e;
            } finally {
                buffers.release(filled);
            }
        }));
    }

    private synchronized ObjectParts begun() {
        if (ended) {
            throw new IllegalStateException("The upload of '" + key + "' has ended");
        }
        inParts = true;
        ObjectParts begun = parts == null ? ObjectParts.begin(bucket, key, limits) : parts;
        parts = begun;
        return begun;
    }

    /** Waits until all parts are sent, and completes the object. */
    void complete() throws InterruptedException {
        if (sending.isEmpty()) {
            complete(this::completeInOne);
        } else {
            if (part != null) {
                send(part);
            }
            List<CompletedPart> sent = sent();
            complete(() -> begun().complete(sent, length));
            new PendingUploads(bucket).abortOf(key);
        }
        synchronized (this) {
            ended = true;
        }
    }

    private void complete(Runnable completion) {
        synchronized (this) {
            completing = true;
        }
        completion.run();
    }

    private void completeInOne() {
        ObjectBytes bytes = part == null ? ObjectBytes.NONE : new ObjectBytes(part, used);
        try {
            Attempts.retry(() -> bucket.put(bucket.settings().data(), key, bytes), limits);
        } catch (SdkException e) {
            throw failed(e);
        }
        releasePart();
    }

    private List<CompletedPart> sent() throws InterruptedException {
        List<CompletedPart> sent = new ArrayList<>();
        for (Future<CompletedPart> each : sending) {
            try {
                sent.add(each.get());
            } catch (ExecutionException e) {
                throw e.getCause() instanceof Exception cause ? failed(cause) : failed(e);
            }
        }
        return sent;
    }

    /** Aborts an incomplete upload. Call it when no part is being sent any more. */
    synchronized void abort() {
        releasePart();
        if (!ended) {
            ended = true;
            if (parts != null) {
                parts.abort();
            }
            if (inParts) {
                new PendingUploads(bucket).abortOf(key);
            }
            if (completing) {
                bucket.delete(key);
            }
        }
    }

    private void releasePart() {
        byte[] held = part;
        part = null;
        if (held != null) {
            buffers.release(held);
        }
    }

    private BackupStoreException failed(Exception e) {
        return e instanceof BackupStoreException failed ? failed : bucket.notWritten(key, e);
    }
}
