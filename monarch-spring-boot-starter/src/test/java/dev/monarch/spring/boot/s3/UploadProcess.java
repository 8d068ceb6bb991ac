package dev.monarch.spring.boot.s3;

import java.net.URI;
import java.util.concurrent.locks.LockSupport;

import dev.monarch.backup.BackupUpload;
import dev.monarch.backup.contract.SampleBackups;

/** A process that stores half of a sample backup; tests kill it. */
final class UploadProcess {

    private UploadProcess() {}

    /** Arguments: endpoint, access key, secret, bucket. */
    public static void main(String[] arguments) throws Exception {
        S3Server server = new S3Server(URI.create(arguments[0]), arguments[1], arguments[2], null);
        S3Bucket bucket = new S3Bucket(server.client(), arguments[3], TestBucket.PREFIX, ObjectSettings.OF_THE_BUCKET);
        S3BackupStore store = new S3BackupStore(bucket, TestBucket.LIMITS);
        try (BackupUpload upload = store.begin("kennel", SampleBackups.EXTENSION)) {
            // One volume exists, and a part of the next.
            SampleBackups.write(upload, SampleBackups.bytes(27 * TestBucket.MIB));
            System.out.println("WRITING");
            while (true) {
                LockSupport.park();
            }
        }
    }
}
