package dev.monarch.spring.boot.s3;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** What requests have said about the objects that were seen last, so that a read needs no other request. Thread-safe. */
final class SeenObjects {

    /** More than one page of a list, which is read while its objects are. */
    private static final int MOST = 2_000;

    private final Map<String, S3Volumes.Volume> byKey = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, S3Volumes.Volume> eldest) {
            return size() > MOST;
        }
    };

    synchronized void add(String key, @Nullable String etag, @Nullable Long length) {
        byKey.remove(key);
        if (etag != null && length != null) {
            byKey.put(key, new S3Volumes.Volume(key, etag, 0, length));
        }
    }

    /** Returns an object; null if it was not seen. */
    synchronized S3Volumes.@Nullable Volume get(String key) {
        return byKey.get(key);
    }

    /** Returns an object, once; null if it was not seen. */
    synchronized S3Volumes.@Nullable Volume take(String key) {
        return byKey.remove(key);
    }
}
