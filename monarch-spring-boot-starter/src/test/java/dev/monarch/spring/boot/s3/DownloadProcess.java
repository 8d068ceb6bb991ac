package dev.monarch.spring.boot.s3;

import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;

import dev.monarch.archive.ArchiveOutput.Span;

/** A process that reads a stored backup, with a heap size that a test sets. */
final class DownloadProcess {

    private DownloadProcess() {}

    /** Arguments: endpoint, access key, secret, bucket, length. */
    public static void main(String[] arguments) throws Exception {
        S3Server server = new S3Server(URI.create(arguments[0]), arguments[1], arguments[2], null);
        S3Bucket bucket = new S3Bucket(server.client(), arguments[3], TestBucket.PREFIX, ObjectSettings.OF_THE_BUCKET);
        S3Limits limits =
                new S3Limits(TestBucket.MIB, 2, TestBucket.MIB, 3, 4, 4, Duration.ofMillis(10), Duration.ofHours(24));
        long length = Long.parseLong(arguments[4]);
        List<Span> spans = List.of(new Span(0, 10), new Span(100, length - 100));
        long read = 0;
        byte[] buffer = new byte[64 * 1024];
        try (InputStream stream = new S3BackupStore(bucket, limits).open("kennel", spans)) {
            for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
                read += count;
            }
        }
        System.out.println("READ " + read);
    }
}
