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
 * One object on its way into a bucket, in parts of which several are sent at once, each with its checksum (CRC-32C); what
 * fits into one part is sent as it is. There is no object before {@link #complete()} has returned.
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

    /** Whether there may be uploads in parts, or an object, of which no answer has told. */
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

    /** Takes as many bytes as find room in the object and in its next part, and returns how many: 0 if it is full. */
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
                buffers.giveBack(filled);
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

    /** Waits until all is there, and makes an object of it. */
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
            Attempts.at(() -> bucket.put(bucket.settings().data(), key, bytes), limits);
        } catch (SdkException e) {
            throw failed(e);
        }
        giveBackPart();
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

    /** Gives up what is no object yet; to be called when no part is under way any more. */
    synchronized void abort() {
        giveBackPart();
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

    private void giveBackPart() {
        byte[] held = part;
        part = null;
        if (held != null) {
            buffers.giveBack(held);
        }
    }

    private BackupStoreException failed(Exception e) {
        return e instanceof BackupStoreException failed ? failed : bucket.notWritten(key, e);
    }
}
