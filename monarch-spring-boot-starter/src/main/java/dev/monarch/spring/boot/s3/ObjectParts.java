package dev.monarch.spring.boot.s3;

import java.util.List;

import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;

import dev.monarch.BackupStoreException;

/** The parts of one object, as the bucket has them until they are an object or are given up. Thread-safe. */
final class ObjectParts {

    private final S3Bucket bucket;

    private final String key;

    private final S3Limits limits;

    private final String uploadId;

    private ObjectParts(S3Bucket bucket, String key, S3Limits limits, String uploadId) {
        this.bucket = bucket;
        this.key = key;
        this.limits = limits;
        this.uploadId = uploadId;
    }

    static ObjectParts begin(S3Bucket bucket, String key, S3Limits limits) {
        try {
            String uploadId = bucket.client()
                    .createMultipartUpload(bucket.settings()
                            .dataInParts()
                            .bucket(bucket.bucket())
                            .key(key)
                            .checksumAlgorithm(ChecksumAlgorithm.CRC32_C)
                            .build())
                    .uploadId();
            return new ObjectParts(bucket, key, limits, uploadId);
        } catch (SdkException e) {
            throw notWritten(bucket, key, e);
        }
    }

    static BackupStoreException notWritten(S3Bucket bucket, String key, Exception cause) {
        return bucket.failed("'" + key + "' cannot be written", cause);
    }

    CompletedPart send(int number, ObjectBytes bytes) {
        String checksum = bytes.checksum();
        UploadPartRequest request = UploadPartRequest.builder()
                .bucket(bucket.bucket())
                .key(key)
                .uploadId(uploadId)
                .partNumber(number)
                .checksumCRC32C(checksum)
                .build();
        Attempts attempts = new Attempts(limits);
        while (true) {
            try {
                String etag = bucket.client().uploadPart(request, bytes.body()).eTag();
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

    /**
     * Makes an object of them.
     *
     * @param length how many bytes it is to have
     */
    void complete(List<CompletedPart> sent, long length) {
        try {
            bucket.client()
                    .completeMultipartUpload(complete -> complete.bucket(bucket.bucket())
                            .key(key)
                            .uploadId(uploadId)
                            .multipartUpload(all -> all.parts(sent)));
        } catch (SdkException e) {
            // The answer to a first attempt may have been lost: the second then finds no upload, or no parts, any more.
            if (!S3Failure.isWithoutParts(e) || !isThere(length)) {
                throw notWritten(bucket, key, e);
            }
        }
    }

    private boolean isThere(long length) {
        var object = bucket.look(key);
        return object != null && object.contentLength() == length;
    }

    void abort() {
        try {
            bucket.client()
                    .abortMultipartUpload(
                            abort -> abort.bucket(bucket.bucket()).key(key).uploadId(uploadId));
        } catch (SdkException e) {
            if (!S3Failure.isMissing(e)) {
                throw bucket.failed("the upload of '" + key + "' cannot be given up", e);
            }
        }
    }
}
