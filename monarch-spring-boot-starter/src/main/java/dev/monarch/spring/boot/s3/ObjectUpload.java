package dev.monarch.spring.boot.s3;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.zip.CRC32C;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;

import dev.monarch.BackupStoreException;

/**
 * One object on its way into a bucket, in parts of which several are sent at once, each with its checksum (CRC-32C); what
 * fits into one part is sent as it is. There is no object before {@link #complete()} has returned.
 */
final class ObjectUpload {

    private static final String BINARY = "application/octet-stream";

    private final S3Bucket bucket;

    private final String key;

    private final S3Limits limits;

    private final PartThreads threads;

    private final PartBuffers buffers;

    private final List<Future<CompletedPart>> parts = new ArrayList<>();

    private byte @Nullable [] part;

    private int used;

    private long length;

    private volatile @Nullable BackupStoreException failure;

    private @Nullable String uploadId;

    private boolean ended;

    ObjectUpload(S3Bucket bucket, String key, S3Limits limits, PartThreads threads, PartBuffers buffers) {
        this.bucket = bucket;
        this.key = key;
        this.limits = limits;
        this.threads = threads;
        this.buffers = buffers;
    }

    String key() {
        return key;
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
            if (parts.size() == limits.partsPerVolume()) {
                return 0;
            }
            part = buffers.take(limits.sizeOf(parts.size() + 1));
            used = 0;
        }
        int taken = Math.min(count, part.length - used);
        System.arraycopy(bytes, offset, part, used, taken);
        used += taken;
        length += taken;
        return taken;
    }

    private void send(byte[] filled) {
        String upload = begun();
        int number = parts.size() + 1;
        int count = used;
        part = null;
        parts.add(threads.submit(() -> {
            try {
                return send(upload, number, filled, count);
            } catch (RuntimeException e) {
                failure = failed(e);
                throw e;
            } finally {
                buffers.giveBack(filled);
            }
        }));
    }

    private synchronized String begun() {
        if (ended) {
            throw new IllegalStateException("The upload of '" + key + "' has ended");
        }
        if (uploadId == null) {
            try {
                uploadId = bucket.client()
                        .createMultipartUpload(bucket.settings()
                                .dataInParts()
                                .bucket(bucket.bucket())
                                .key(key)
                                .checksumAlgorithm(ChecksumAlgorithm.CRC32_C)
                                .build())
                        .uploadId();
            } catch (SdkException e) {
                throw failed(e);
            }
        }
        return uploadId;
    }

    private CompletedPart send(String upload, int number, byte[] bytes, int count) {
        String checksum = checksum(bytes, count);
        UploadPartRequest request = UploadPartRequest.builder()
                .bucket(bucket.bucket())
                .key(key)
                .uploadId(upload)
                .partNumber(number)
                .checksumCRC32C(checksum)
                .build();
        Attempts attempts = new Attempts(limits);
        while (true) {
            try {
                String etag = client().uploadPart(request, body(bytes, count)).eTag();
                return CompletedPart.builder()
                        .partNumber(number)
                        .eTag(etag)
                        .checksumCRC32C(checksum)
                        .build();
            } catch (SdkException e) {
                if (!attempts.again(e)) {
                    throw e;
                }
            }
        }
    }

    /** Waits until all is there, and makes an object of it. */
    void complete() throws InterruptedException {
        if (uploadId == null && parts.isEmpty()) {
            completeInOne();
        } else {
            if (part != null) {
                send(part);
            }
            completeParts(begun(), sent());
        }
        synchronized (this) {
            ended = true;
        }
    }

    private void completeInOne() {
        byte[] bytes = part == null ? new byte[0] : part;
        try {
            client().putObject(
                            bucket.settings()
                                    .data()
                                    .bucket(bucket.bucket())
                                    .key(key)
                                    .checksumCRC32C(checksum(bytes, used))
                                    .build(),
                            body(bytes, used));
        } catch (SdkException e) {
            throw failed(e);
        }
        giveBackPart();
    }

    private List<CompletedPart> sent() throws InterruptedException {
        List<CompletedPart> sent = new ArrayList<>();
        for (Future<CompletedPart> each : parts) {
            try {
                sent.add(each.get());
            } catch (ExecutionException e) {
                throw e.getCause() instanceof Exception cause ? failed(cause) : failed(e);
            }
        }
        return sent;
    }

    private void completeParts(String upload, List<CompletedPart> sent) {
        try {
            client().completeMultipartUpload(complete ->
                    complete.bucket(bucket.bucket()).key(key).uploadId(upload).multipartUpload(all -> all.parts(sent)));
        } catch (SdkException e) {
            // The answer to a first attempt may have been lost: the second then finds no upload any more.
            if (!S3Failure.isMissing(e) || !isThere()) {
                throw failed(e);
            }
        }
    }

    private boolean isThere() {
        var object = bucket.look(key);
        return object != null && object.contentLength() == length;
    }

    /** Gives up what is no object yet; to be called when no part is under way any more. */
    synchronized void abort() {
        giveBackPart();
        if (ended) {
            return;
        }
        ended = true;
        if (uploadId != null) {
            String upload = uploadId;
            try {
                client().abortMultipartUpload(
                                abort -> abort.bucket(bucket.bucket()).key(key).uploadId(upload));
            } catch (SdkException e) {
                if (!S3Failure.isMissing(e)) {
                    throw bucket.failed("the upload of '" + key + "' cannot be given up", e);
                }
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

    private S3Client client() {
        return bucket.client();
    }

    private BackupStoreException failed(Exception e) {
        return bucket.failed("'" + key + "' cannot be written", e);
    }

    private static RequestBody body(byte[] bytes, int count) {
        return RequestBody.fromContentProvider(
                ContentStreamProvider.fromInputStreamSupplier(() -> new ByteArrayInputStream(bytes, 0, count)),
                count,
                BINARY);
    }

    private static String checksum(byte[] bytes, int count) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, count);
        return Base64.getEncoder()
                .encodeToString(ByteBuffer.allocate(Integer.BYTES)
                        .putInt((int) checksum.getValue())
                        .array());
    }
}
