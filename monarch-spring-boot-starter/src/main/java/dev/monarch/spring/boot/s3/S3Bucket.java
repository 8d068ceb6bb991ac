package dev.monarch.spring.boot.s3;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

import dev.monarch.BackupStoreException;

/**
 * The part of a bucket that holds the backups: the keys of its objects, and the requests to the service.
 *
 * <pre>{@code
 * PREFIX/NAME.archive.zst        the data, or its first volume
 * PREFIX/NAME.archive.zst.001    the second volume, if the first one is full
 * PREFIX/NAME.manifest.json      makes it a backup
 * PREFIX/.busy/NAME              a process is writing or deleting NAME
 * }</pre>
 *
 * @param client the application's client
 * @param bucket the name of the bucket
 * @param prefix the prefix of keys: empty, or ending with a slash
 * @param settings how objects are stored
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

    /** Returns the name of the backup to whose manifest a key belongs, or nothing if it belongs to something else. */
    Optional<String> nameOfManifest(String key) {
        return key.endsWith(MANIFEST) && key.length() > prefix.length() + MANIFEST.length()
                ? Optional.of(key.substring(prefix.length(), key.length() - MANIFEST.length()))
                : Optional.empty();
    }

    String nameOfBusy(String key) {
        return key.substring(prefix.length() + BUSY.length());
    }

    /** Tells whether a key belongs to a volume of a backup. */
    boolean isVolume(String key, String name, String extension) {
        String first = data(name, extension);
        return key.equals(first)
                || key.startsWith(first + ".")
                        && key.substring(first.length() + 1).matches("\\d{3,}");
    }

    /** Lists all objects directly under the prefix. */
    List<S3Object> list() {
        return list("");
    }

    List<S3Object> listBusy() {
        return list(BUSY);
    }

    /** Lists all objects directly under the prefix whose keys have a certain beginning. */
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

    /**
     * Returns the lengths of objects directly under the prefix. It lists them, because a client that may only write
     * cannot read an object's metadata.
     *
     * @param beginning the beginning of their keys
     * @return the lengths by key
     */
    Map<String, Long> lengths(String beginning) {
        return list(beginning.substring(prefix.length())).stream()
                .collect(Collectors.toMap(S3Object::key, S3Object::size));
    }

    /** Reads a whole object. Returns null if it does not exist. */
    byte @Nullable [] read(String key) {
        ResponseBytes<GetObjectResponse> object = fetch(key);
        return object == null ? null : object.asByteArrayUnsafe();
    }

    /** Reads a whole object with its metadata. Returns null if it does not exist. */
    @Nullable
    ResponseBytes<GetObjectResponse> fetch(String key) {
        try {
            return client.getObjectAsBytes(get -> get.bucket(bucket).key(key));
        } catch (SdkException e) {
            if (S3Failure.isMissing(e)) {
                return null;
            }
            throw failed("'" + key + "' cannot be read", e);
        }
    }

    /** Reads the metadata of an object. Returns null if it does not exist. */
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

    /** Creates an object and returns its ETag. Returns null if it exists already. */
    @Nullable
    String create(PutObjectRequest.Builder put, String key, byte[] bytes) {
        return write(put.ifNoneMatch("*"), key, bytes);
    }

    /** Writes an object and returns its ETag. Returns null if the condition of the request is not met. */
    @Nullable
    String write(PutObjectRequest.Builder put, String key, byte[] bytes) {
        try {
            return put(put, key, ObjectBytes.of(bytes)).eTag();
        } catch (SdkException e) {
            if (S3Failure.isTaken(e) || S3Failure.isMissing(e)) {
                return null;
            }
            throw notWritten(key, e);
        }
    }

    /**
     * Writes an object with its checksum in a header. The SDK would send it in a trailer after the body, which not every
     * service supports.
     */
    PutObjectResponse put(PutObjectRequest.Builder put, String key, ObjectBytes bytes) {
        put.bucket(bucket).key(key);
        if (sendsChecksums()) {
            put.checksumCRC32C(bytes.checksum());
        } else {
            put.contentMD5(bytes.md5());
        }
        return client.putObject(put.build(), bytes.body());
    }

    /** Whether requests have {@code x-amz-checksum-*} headers: the client's configuration may exclude them. */
    boolean sendsChecksums() {
        try {
            return client.serviceClientConfiguration().requestChecksumCalculation()
                    != RequestChecksumCalculation.WHEN_REQUIRED;
        } catch (UnsupportedOperationException e) {
            // A client that wraps another one may not expose its configuration.
            return true;
        }
    }

    BackupStoreException notWritten(String key, Exception cause) {
        return S3Failure.ofWriting(description(), "'" + key + "' cannot be written", sendsChecksums(), cause);
    }

    /**
     * Creates the exception for a service that stores something else than it received.
     *
     * @param what what it stores, as a clause
     */
    BackupStoreException notKept(String what) {
        return new BackupStoreException(
                description(),
                what + ": the service does not store what it receives",
                "This backup was removed. Some services store the chunks of an aws-chunked body: set"
                        + " spring.cloud.aws.s3.chunked-encoding-enabled to false, and the SDK's"
                        + " request-checksum-calculation to when_required; or use another service.",
                null);
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
