package dev.monarch.spring.boot.s3;

import java.util.List;

import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/** The uploaded parts of one object, until they are completed or aborted. Thread-safe. */
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
        CreateMultipartUploadRequest.Builder create =
                bucket.settings().dataInParts().bucket(bucket.bucket()).key(key);
        if (bucket.sendsChecksums()) {
            create.checksumAlgorithm(ChecksumAlgorithm.CRC32_C);
        }
        try {
            String uploadId =
                    bucket.client().createMultipartUpload(create.build()).uploadId();
            return new ObjectParts(bucket, key, limits, uploadId);
        } catch (SdkException e) {
            throw bucket.notWritten(key, e);
        }
    }

    CompletedPart send(int number, ObjectBytes bytes) {
        String checksum = bucket.sendsChecksums() ? bytes.checksum() : null;
        UploadPartRequest request = UploadPartRequest.builder()
                .bucket(bucket.bucket())
                .key(key)
                .uploadId(uploadId)
                .partNumber(number)
                .checksumCRC32C(checksum)
                .contentMD5(checksum == null ? bytes.md5() : null)
                .build();
        UploadPartResponse kept = Attempts.retry(() -> bucket.client().uploadPart(request, bytes.body()), limits);
        // The ETag of a part depends on the service: some use an MD5, others only without encryption.
        if (kept.checksumCRC32C() != null && !kept.checksumCRC32C().equals(checksum)) {
            throw bucket.notKept("part " + number + " of '" + key + "' has the checksum " + kept.checksumCRC32C()
                    + ", but " + checksum + " was sent");
        }
        return CompletedPart.builder()
                .partNumber(number)
                .eTag(kept.eTag())
                .checksumCRC32C(checksum)
                .build();
    }

    /**
     * Completes the object.
     *
     * @param length the expected number of bytes
     */
    void complete(List<CompletedPart> sent, long length) {
        try {
            Attempts.retry(
                    () -> bucket.client()
                            .completeMultipartUpload(complete -> complete.bucket(bucket.bucket())
                                    .key(key)
                                    .uploadId(uploadId)
                                    .multipartUpload(all -> all.parts(sent))),
                    limits);
        } catch (SdkException e) {
            // The answer to the first attempt may have been lost. The second attempt then finds no upload or no
            // parts.
            if (!S3Failure.isWithoutParts(e) || !exists(length)) {
                throw bucket.notWritten(key, e);
            }
        }
    }

    private boolean exists(long length) {
        Long kept = bucket.lengths(key).get(key);
        return kept != null && kept == length;
    }

    void abort() {
        try {
            bucket.client()
                    .abortMultipartUpload(
                            abort -> abort.bucket(bucket.bucket()).key(key).uploadId(uploadId));
        } catch (SdkException e) {
            if (!S3Failure.isMissing(e)) {
                throw bucket.failed("the upload of '" + key + "' cannot be aborted", e);
            }
        }
    }
}
