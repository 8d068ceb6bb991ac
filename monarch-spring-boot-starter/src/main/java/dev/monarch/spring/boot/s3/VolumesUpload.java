package dev.monarch.spring.boot.s3;

import java.io.IOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.monarch.backup.BackupArchive;
import dev.monarch.engine.Sha256;

/** The upload of the data of one backup: an object, and the next one whenever one is full. */
final class VolumesUpload {

    private final S3Bucket bucket;

    private final String name;

    private final String extension;

    private final S3Limits limits;

    private final PartThreads threads;

    private final PartBuffers buffers;

    private final List<BackupArchive.Volume> volumes = new ArrayList<>();

    private final MessageDigest sha256 = Sha256.begin();

    private @Nullable ObjectUpload current;

    VolumesUpload(S3Bucket bucket, String name, String extension, S3Limits limits, PartThreads threads) {
        this.bucket = bucket;
        this.name = name;
        this.extension = extension;
        this.limits = limits;
        this.threads = threads;
        this.buffers = new PartBuffers(limits.room());
    }

    void write(byte[] bytes, int offset, int length) throws InterruptedException, IOException {
        int at = offset;
        int end = offset + length;
        while (at < end) {
            ObjectUpload object = begun();
            int taken = object.write(bytes, at, end - at);
            if (taken == 0) {
                end(object);
            }
            sha256.update(bytes, at, taken);
            at += taken;
        }
    }

    private synchronized ObjectUpload begun() {
        ObjectUpload object = current;
        if (object == null) {
            object = new ObjectUpload(bucket, bucket.data(name, nextExtension()), limits, threads, buffers);
            current = object;
        }
        return object;
    }

    private String nextExtension() {
        return S3Bucket.volumeExtension(extension, volumes.size());
    }

    private void end(ObjectUpload object) throws InterruptedException {
        object.complete();
        synchronized (this) {
            volumes.add(new BackupArchive.Volume(
                    nextExtension(), object.length(), HexFormat.of().formatHex(sha256.digest())));
            current = null;
        }
    }

    /** Waits until everything is uploaded, and returns the volumes; at least one. */
    List<BackupArchive.Volume> complete() throws InterruptedException {
        ObjectUpload last = current;
        if (last != null || volumes.isEmpty()) {
            end(begun());
        }
        return List.copyOf(volumes);
    }

    /** Removes everything, including what is already uploaded. Call it when no part is being sent any more. */
    synchronized void abort() {
        buffers.close();
        if (current != null) {
            current.abort();
        }
        for (BackupArchive.Volume volume : volumes) {
            bucket.delete(bucket.data(name, volume.extension()));
        }
    }
}
