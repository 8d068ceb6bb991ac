package dev.monarch.spring.boot.s3;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Objects that were listed last and are not read yet. What the list says about an object saves a request before its
 * first read. Later reads look again, because another object may have the key then. Thread-safe.
 */
final class ListedObjects {

    /** More than one page of a list, which is read while its objects are. */
    private static final int MOST = 2_000;

    private final Map<String, S3Volumes.Volume> byKey = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, S3Volumes.Volume> eldest) {
            return size() > MOST;
        }
    };

    synchronized void add(S3Object object) {
        byKey.remove(object.key());
        if (object.eTag() != null && object.size() != null) {
            byKey.put(object.key(), new S3Volumes.Volume(object.key(), object.eTag(), 0, object.size()));
        }
    }

    /** Returns an object, once; null if it was not listed. */
    synchronized S3Volumes.@Nullable Volume take(String key) {
        return byKey.remove(key);
    }
}
