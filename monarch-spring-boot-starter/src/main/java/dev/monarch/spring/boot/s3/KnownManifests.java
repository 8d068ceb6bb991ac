package dev.monarch.spring.boot.s3;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.S3Object;

import dev.monarch.backup.BackupArchive;
import dev.monarch.backup.BackupSummary;
import dev.monarch.backup.Manifest;

/**
 * What was read from the manifests of a bucket. A listing needs one request for each manifest, but only for those that this
 * process has not read: an object with the same ETag has the same content.
 */
final class KnownManifests {

    /**
     * What a listing needs of a manifest. The manifest itself may be large.
     *
     * @param summary what is listed
     * @param volumes the objects that must exist
     */
    record Known(BackupSummary summary, List<BackupArchive.Volume> volumes) {

        static Known of(Manifest manifest, String store) {
            return new Known(manifest.summary(store), manifest.archive().volumes());
        }
    }

    private record Version(String etag, Known known) {}

    private final Map<String, Version> versions = new ConcurrentHashMap<>();

    /** Returns what is known of an object with this content, or null. */
    @Nullable
    Known find(S3Object object) {
        Version version = versions.get(object.key());
        return version != null && version.etag().equals(object.eTag()) ? version.known() : null;
    }

    void put(S3Object object, Known known) {
        if (object.eTag() != null) {
            versions.put(object.key(), new Version(object.eTag(), known));
        }
    }

    /** Forgets the objects that do not exist any more. */
    void retain(Set<String> keys) {
        versions.keySet().retainAll(keys);
    }
}
