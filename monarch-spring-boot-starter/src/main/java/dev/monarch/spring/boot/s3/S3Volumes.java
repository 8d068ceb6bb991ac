package dev.monarch.spring.boot.s3;

import java.util.ArrayList;
import java.util.List;

import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

import dev.monarch.BackupStoreException;
import dev.monarch.archive.ArchiveOutput.Span;
import dev.monarch.backup.BackupArchive;

/**
 * The objects that the data of a backup is in.
 *
 * @param bucket where they are
 * @param objects them, in their order
 */
record S3Volumes(S3Bucket bucket, List<Volume> objects) {

    /**
     * One of them.
     *
     * @param key its key
     * @param etag what its contents are known by
     * @param begin where it begins, in bytes of the archive
     * @param length how many bytes it has
     */
    record Volume(String key, String etag, long begin, long length) {

        private long end() {
            return begin + length;
        }
    }

    /**
     * A part of one of them.
     *
     * @param volume which
     * @param offset where the part begins, in bytes of the volume
     * @param length how many bytes it has
     */
    record Part(Volume volume, long offset, int length) {}

    /** Looks for the volumes of a backup; what was lost or replaced is told here. */
    static S3Volumes find(S3Bucket bucket, String name, List<BackupArchive.Volume> volumes) {
        List<Volume> found = new ArrayList<>();
        long begin = 0;
        for (BackupArchive.Volume volume : volumes) {
            String key = bucket.data(name, volume.extension());
            HeadObjectResponse object = bucket.look(key);
            if (object == null || object.contentLength() != volume.length()) {
                throw new BackupStoreException(
                        bucket.description(),
                        "'" + key + "' is " + (object == null ? "not there" : "not as long as it was"),
                        "Bring the object back from a copy or an earlier version.",
                        null);
            }
            found.add(new Volume(key, object.eTag(), begin, volume.length()));
            begin += volume.length();
        }
        return new S3Volumes(bucket, List.copyOf(found));
    }

    /** Returns everything but some stretches. */
    static List<Span> between(List<Span> spans, List<BackupArchive.Volume> volumes) {
        List<Span> between = new ArrayList<>();
        long at = 0;
        for (Span span : spans) {
            between.add(new Span(at, span.offset() - at));
            at = span.offset() + span.length();
        }
        long end = volumes.stream().mapToLong(BackupArchive.Volume::length).sum();
        between.add(new Span(at, end - at));
        return between.stream().filter(span -> span.length() > 0).toList();
    }

    /** Cuts stretches of the archive into parts, none of which is longer than so many bytes or of two volumes. */
    List<Part> parts(List<Span> spans, int longest) {
        List<Part> parts = new ArrayList<>();
        for (Span span : spans) {
            for (Volume volume : objects) {
                long from = Math.max(span.offset(), volume.begin());
                long to = Math.min(span.offset() + span.length(), volume.end());
                for (long at = from; at < to; at += longest) {
                    parts.add(new Part(volume, at - volume.begin(), (int) Math.min(longest, to - at)));
                }
            }
        }
        return parts;
    }
}
