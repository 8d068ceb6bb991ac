package dev.monarch.spring.boot.s3;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.s3.model.Tagging;

/**
 * How objects are stored.
 *
 * @param storageClass the storage class of data, or null for that of the bucket; manifests always have that of the
 *     bucket, because listing reads them
 * @param encryption how the service encrypts, or null for the bucket's setting
 * @param kmsKey the key for encryption, or null for the default key
 * @param tags the tags of all objects except temporary ones
 */
record ObjectSettings(
        @Nullable String storageClass,
        @Nullable ServerSideEncryption encryption,
        @Nullable String kmsKey,
        Map<String, String> tags) {

    static final ObjectSettings OF_THE_BUCKET = new ObjectSettings(null, null, null, Map.of());

    ObjectSettings {
        tags = Map.copyOf(tags);
    }

    PutObjectRequest.Builder manifest() {
        PutObjectRequest.Builder put = temporary();
        return tags.isEmpty() ? put : put.tagging(tagging());
    }

    PutObjectRequest.Builder data() {
        return manifest().storageClass(storageClass);
    }

    /** For a temporary object. */
    PutObjectRequest.Builder temporary() {
        return PutObjectRequest.builder().serverSideEncryption(encryption).ssekmsKeyId(kmsKey);
    }

    CreateMultipartUploadRequest.Builder dataInParts() {
        CreateMultipartUploadRequest.Builder create = CreateMultipartUploadRequest.builder()
                .storageClass(storageClass)
                .serverSideEncryption(encryption)
                .ssekmsKeyId(kmsKey);
        return tags.isEmpty() ? create : create.tagging(tagging());
    }

    private Tagging tagging() {
        return Tagging.builder()
                .tagSet(tags.entrySet().stream()
                        .map(tag -> Tag.builder()
                                .key(tag.getKey())
                                .value(tag.getValue())
                                .build())
                        .toList())
                .build();
    }
}
