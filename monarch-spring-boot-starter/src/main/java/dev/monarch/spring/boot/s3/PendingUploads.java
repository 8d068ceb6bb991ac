package dev.monarch.spring.boot.s3;

import java.util.function.Predicate;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

import dev.monarch.BackupStoreException;

/**
 * The multipart uploads that have begun and not ended. If the answer to the first request of an upload was lost, only
 * the service knows its id.
 */
final class PendingUploads {

    private static final Logger log = LoggerFactory.getLogger(PendingUploads.class);

    private final S3Bucket bucket;

    PendingUploads(S3Bucket bucket) {
        this.bucket = bucket;
    }

    /**
     * Aborts some of them.
     *
     * @param prefix the start of the keys of their objects
     * @param which selects from these keys
     */
    void abort(String prefix, Predicate<String> which) {
        try {
            bucket
                    .client()
                    .listMultipartUploadsPaginator(
                            list -> list.bucket(bucket.bucket()).prefix(prefix))
                    .uploads()
                    .stream()
                    .filter(upload -> which.test(upload.key()))
                    .forEach(this::abort);
        } catch (SdkException e) {
            throw bucket.failed("its unfinished uploads cannot be listed", e);
        }
    }

    /**
     * Aborts those of one object. If the permissions do not allow that, they stay until a lifecycle rule removes
     * them.
     */
    void abortOf(String key) {
        try {
            abort(key, key::equals);
        } catch (BackupStoreException e) {
            log.debug("Unfinished uploads of '{}' may remain: {}", key, e.getMessage());
        }
    }

    private void abort(MultipartUpload upload) {
        bucket.client()
                .abortMultipartUpload(
                        abort -> abort.bucket(bucket.bucket()).key(upload.key()).uploadId(upload.uploadId()));
    }
}
