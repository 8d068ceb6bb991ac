package dev.monarch.spring.boot.s3;

import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Object;

import dev.monarch.BackupStoreException;

/**
 * The place in a bucket where backups are: what is called how there, and what is asked of the service.
 *
 * <pre>{@code
 * PREFIX/NAME.archive.zst        the data, or its first volume
 * PREFIX/NAME.archive.zst.001    the second volume, if the first could not hold all
 * PREFIX/NAME.manifest.json      makes it a backup
 * PREFIX/.busy/NAME              says that somebody writes or deletes NAME
 * }</pre>
 *
 * @param client the application's own
 * @param bucket the name of the bucket
 * @param prefix what keys begin with: empty, or ending with a slash
 * @param settings what objects are stored with
 */
record S3Bucket(S3Client client, String bucket, String prefix, ObjectSettings settings) {

    private static final String MANIFEST = ".manifest.json";

    private static final String BUSY = ".busy/";

    String description() {
        return "the bucket '" + bucket + "'" + (prefix.isEmpty() ? "" : " under '" + prefix + "'");
    }

    String manifest(String name) {
        return prefix + name + MANIFEST;
    }

    String busy(String name) {
        return prefix + BUSY + name;
    }

    String data(String name, String extension) {
        return prefix + name + extension;
    }

    static String volumeExtension(String extension, int volume) {
        return volume == 0 ? extension : extension + String.format(".%03d", volume);
    }

    /** Returns the name of the backup whose manifest has a key, or nothing if the key is of something else. */
    Optional<String> nameOfManifest(String key) {
        return key.endsWith(MANIFEST) && key.length() > prefix.length() + MANIFEST.length()
                ? Optional.of(key.substring(prefix.length(), key.length() - MANIFEST.length()))
                : Optional.empty();
    }

    String nameOfBusy(String key) {
        return key.substring(prefix.length() + BUSY.length());
    }

    /** Tells whether a key is that of a volume of a backup. */
    boolean isVolume(String key, String name, String extension) {
        String first = data(name, extension);
        return key.equals(first)
                || key.startsWith(first + ".")
                        && key.substring(first.length() + 1).matches("\\d{3,}");
    }

    /** Lists what is directly under the prefix, to the last page. */
    List<S3Object> list() {
        return list("");
    }

    List<S3Object> listBusy() {
        return list(BUSY);
    }

    /** Lists what is directly under the prefix and begins so, to the last page. */
    List<S3Object> list(String beginning) {
        try {
            return client
                    .listObjectsV2Paginator(list ->
                            list.bucket(bucket).prefix(prefix + beginning).delimiter("/"))
                    .contents()
                    .stream()
                    .toList();
        } catch (SdkException e) {
            throw failed("it cannot be listed", e);
        }
    }

    /** Reads an object whole; null if there is none. */
    byte @Nullable [] read(String key) {
        try {
            return client.getObjectAsBytes(get -> get.bucket(bucket).key(key)).asByteArrayUnsafe();
        } catch (SdkException e) {
            if (S3Failure.isMissing(e)) {
                return null;
            }
            throw failed("'" + key + "' cannot be read", e);
        }
    }

    /** Looks at an object; null if there is none. */
    @Nullable
    HeadObjectResponse look(String key) {
        try {
            return client.headObject(head -> head.bucket(bucket).key(key));
        } catch (SdkException e) {
            if (S3Failure.isMissing(e)) {
                return null;
            }
            throw failed("'" + key + "' cannot be read", e);
        }
    }

    /** Writes an object unless there is one, and returns its ETag; null if there is one. */
    @Nullable
    String create(PutObjectRequest.Builder put, String key, byte[] bytes) {
        return write(put.ifNoneMatch("*"), key, bytes);
    }

    /** Writes an object, and returns its ETag; null if the condition of the request does not hold. */
    @Nullable
    String write(PutObjectRequest.Builder put, String key, byte[] bytes) {
        try {
            return client.putObject(put.bucket(bucket).key(key).build(), RequestBody.fromBytes(bytes))
                    .eTag();
        } catch (SdkException e) {
            if (S3Failure.isTaken(e) || S3Failure.isMissing(e)) {
                return null;
            }
            throw failed("'" + key + "' cannot be written", e);
        }
    }

    void delete(String key) {
        try {
            client.deleteObject(delete -> delete.bucket(bucket).key(key));
        } catch (SdkException e) {
            throw failed("'" + key + "' cannot be deleted", e);
        }
    }

    BackupStoreException failed(String what, Exception e) {
        return S3Failure.of(description(), what, e);
    }
}
