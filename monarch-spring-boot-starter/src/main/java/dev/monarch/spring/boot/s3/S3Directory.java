package dev.monarch.spring.boot.s3;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.S3Object;

import dev.monarch.backup.BackupStore.ForeignArchive;

/**
 * Objects whose keys begin with one name: a dump that was uploaded file by file. The objects are listed page by page.
 *
 * @param bucket the bucket
 * @param name the name, without the prefix of the bucket
 */
record S3Directory(S3Bucket bucket, String name) {

    /** Finds the directories that are directly under the prefix. Those of Monarch begin with a dot. */
    static List<S3Directory> all(S3Bucket bucket) {
        String prefix = bucket.prefix();
        try {
            return bucket
                    .client()
                    .listObjectsV2Paginator(
                            list -> list.bucket(bucket.bucket()).prefix(prefix).delimiter("/"))
                    .commonPrefixes()
                    .stream()
                    .map(CommonPrefix::prefix)
                    .map(directory -> directory.substring(prefix.length(), directory.length() - 1))
                    .filter(directory -> !directory.isBlank() && !directory.startsWith("."))
                    .map(directory -> new S3Directory(bucket, directory))
                    .toList();
        } catch (SdkException e) {
            throw bucket.failed("it cannot be listed", e);
        }
    }

    /** {@return the objects at any depth, without those that some programs create for directories} */
    Stream<S3Object> objects() {
        Iterator<S3Object> found = explained(() -> bucket.client()
                .listObjectsV2Paginator(list -> list.bucket(bucket.bucket()).prefix(bucket.data(name, "/")))
                .contents()
                .iterator());
        Iterator<S3Object> explained = new Iterator<>() {
            @Override
            public boolean hasNext() {
                return explained(found::hasNext);
            }

            @Override
            public S3Object next() {
                return explained(found::next);
            }
        };
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(explained, Spliterator.ORDERED), false)
                .filter(object -> !object.key().endsWith("/"));
    }

    private <T> T explained(Supplier<T> request) {
        try {
            return request.get();
        } catch (SdkException e) {
            throw bucket.failed("it cannot be listed", e);
        }
    }

    /**
     * Returns the objects as files.
     *
     * @param seen receives each object
     */
    Stream<ForeignArchive> files(String store, SeenObjects seen) {
        return objects()
                .peek(object -> seen.add(object.key(), object.eTag(), object.size()))
                .map(object -> new ForeignArchive(
                        object.key().substring(bucket.prefix().length()), store, object.size(), object.lastModified()));
    }

    /**
     * Describes the directory, if it is a dump.
     *
     * @param most how many objects to look at
     */
    Optional<ForeignArchive> dump(String store, long most) {
        try (Stream<S3Object> objects = objects()) {
            return objects.limit(most)
                    .filter(object -> ForeignArchive.isFileOfADump(object.key()))
                    .findFirst()
                    .map(object -> new ForeignArchive(name, store, 0, object.lastModified(), true));
        }
    }
}
