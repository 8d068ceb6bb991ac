package dev.monarch.spring.boot.s3;

import java.util.function.Predicate;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

import dev.monarch.BackupStoreException;

/** The multipart uploads that were begun and not ended; if the answer to a beginning was lost nobody knows their ids. */
final class PendingUploads {

    private static final Logger log = LoggerFactory.getLogger(PendingUploads.class);

    private final S3Bucket bucket;

    PendingUploads(S3Bucket bucket) {
        this.bucket = bucket;
    }

    /**
     * Gives some up.
     *
     * @param beginning what the keys of their objects begin with
     * @param which tells which of these keys are meant
     */
    void abort(String beginning, Predicate<String> which) {
        try {
            bucket
                    .client()
                    .listMultipartUploadsPaginator(
                            list -> list.bucket(bucket.bucket()).prefix(beginning))
                    .uploads()
                    .stream()
                    .filter(upload -> which.test(upload.key()))
                    .forEach(this::abort);
        } catch (SdkException e) {
            throw bucket.failed("the uploads that were begun cannot be listed", e);
        }
    }

    /** Gives those of one object up; if that is not allowed, they stay until a lifecycle rule removes them. */
    void abortOf(String key) {
        try {
            abort(key, key::equals);
        } catch (BackupStoreException e) {
            log.debug("Uploads of '{}' may be left: {}", key, e.getMessage());
        }
    }

    private void abort(MultipartUpload upload) {
        bucket.client()
                .abortMultipartUpload(
                        abort -> abort.bucket(bucket.bucket()).key(upload.key()).uploadId(upload.uploadId()));
    }
}
