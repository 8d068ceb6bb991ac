package dev.monarch.spring.boot.s3;

import java.util.ArrayList;
import java.util.List;

import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

import dev.monarch.BackupStoreException;
import dev.monarch.archive.ArchiveOutput.Span;
import dev.monarch.backup.BackupArchive;

/**
 * The objects with the data of a backup.
 *
 * @param bucket the bucket
 * @param objects the objects, in order
 */
record S3Volumes(S3Bucket bucket, List<Volume> objects) {

    /**
     * An object with data of a backup.
     *
     * @param key its key
     * @param etag identifies its content
     * @param begin its offset in the archive, in bytes
     * @param length its length in bytes
     */
    record Volume(String key, String etag, long begin, long length) {

        private long end() {
            return begin + length;
        }
    }

    /**
     * A part of a volume.
     *
     * @param volume the volume
     * @param offset the offset of the part in the volume, in bytes
     * @param length its length in bytes
     */
    record Part(Volume volume, long offset, int length) {}

    /** Finds the volumes of a backup. Throws if one is missing or was replaced. */
    static S3Volumes find(S3Bucket bucket, String name, List<BackupArchive.Volume> volumes) {
        List<Volume> found = new ArrayList<>();
        long begin = 0;
        for (BackupArchive.Volume volume : volumes) {
            String key = bucket.data(name, volume.extension());
            HeadObjectResponse object = bucket.look(key);
            if (object == null || object.contentLength() != volume.length()) {
                throw new BackupStoreException(
                        bucket.description(),
                        "'" + key + "' is " + (object == null ? "missing" : "of another length"),
                        "Restore the object from a copy or an earlier version.",
                        null);
            }
            found.add(new Volume(key, object.eTag(), begin, volume.length()));
            begin += volume.length();
        }
        return new S3Volumes(bucket, List.copyOf(found));
    }

    /** Returns the rest of the archive, without some spans. */
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

    /** Splits spans of the archive into parts, each within one volume and with a maximum length. */
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
