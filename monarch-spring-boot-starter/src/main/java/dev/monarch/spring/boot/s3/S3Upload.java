package dev.monarch.spring.boot.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.monarch.BackupStoreException;
import dev.monarch.archive.ArchiveOutput.Span;
import dev.monarch.backup.BackupArchive;
import dev.monarch.backup.BackupUpload;
import dev.monarch.backup.Manifest;
import dev.monarch.engine.lock.Uninterrupted;

/** The upload of a backup into a bucket. */
final class S3Upload implements BackupUpload {

    private static final Logger log = LoggerFactory.getLogger(S3Upload.class);

    private static final int BUFFER = 1024 * 1024;

    private final S3Bucket bucket;

    private final Claim claim;

    private final S3Limits limits;

    private final PartThreads threads;

    private VolumesUpload data;

    /** The volumes, when all data has been uploaded. */
    private @Nullable List<BackupArchive.Volume> volumes;

    /** The volumes before a cut that has not ended yet. It has not replaced all of them. */
    private List<BackupArchive.Volume> beforeCut = List.of();

    private boolean manifestSent;

    /** No more data is accepted. */
    private volatile boolean sealed;

    private boolean ended;

    S3Upload(S3Bucket bucket, Claim claim, S3Limits limits) {
        this.bucket = bucket;
        this.claim = claim;
        this.limits = limits;
        this.threads = new PartThreads(limits.parallel(), "monarch-s3-upload");
        this.data = volumesUpload();
    }

    private VolumesUpload volumesUpload() {
        return new VolumesUpload(bucket, claim.name(), claim.extension(), limits, threads);
    }

    @Override
    public String name() {
        return claim.name();
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        requireOpen();
        if (volumes != null) {
            throw new IOException("All data of '" + name() + "' has been sent, and no more can follow");
        }
        claim.renewIfDue();
        try {
            data.write(bytes, offset, length);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private void requireOpen() throws IOException {
        if (sealed) {
            throw new IOException("The upload of '" + name() + "' has ended");
        }
    }

    private static IOException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        IOException interrupted = new InterruptedIOException("Interrupted while sending a part");
        interrupted.initCause(e);
        return interrupted;
    }

    /** Writes the rest again: an object cannot be shortened, but another one can replace it atomically. */
    @Override
    public void cut(List<Span> spans) throws IOException {
        requireOpen();
        List<BackupArchive.Volume> before = completeData();
        synchronized (this) {
            beforeCut = before;
        }
        volumes = null;
        data = volumesUpload();
        byte[] buffer = new byte[BUFFER];
        try (InputStream kept = open(before, S3Volumes.between(spans, before))) {
            for (int read = kept.read(buffer); read >= 0; read = kept.read(buffer)) {
                write(buffer, 0, read);
            }
        }
        List<BackupArchive.Volume> after = completeData();
        before.subList(Math.min(after.size(), before.size()), before.size()).forEach(this::delete);
        synchronized (this) {
            beforeCut = List.of();
        }
    }

    private void delete(BackupArchive.Volume volume) {
        bucket.delete(bucket.data(name(), volume.extension()));
    }

    @Override
    public InputStream contents() throws IOException {
        requireOpen();
        List<BackupArchive.Volume> there = completeData();
        return open(there, S3Volumes.between(List.of(), there));
    }

    private InputStream open(List<BackupArchive.Volume> there, List<Span> spans) {
        return S3Download.of(S3Volumes.find(bucket, name(), there), spans, limits);
    }

    private List<BackupArchive.Volume> completeData() throws IOException {
        if (volumes == null) {
            try {
                volumes = data.complete();
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }
        return volumes;
    }

    @Override
    public Manifest complete(Manifest manifest) {
        Manifest[] stored = new Manifest[1];
        Uninterrupted.run(() -> stored[0] = publish(manifest));
        return stored[0];
    }

    private synchronized Manifest publish(Manifest manifest) {
        try {
            requireOpen();
            sealed = true;
            List<BackupArchive.Volume> there = completeData();
            requireKept(there);
            Manifest stored = manifest.withVolumes(there);
            claim.renew(ClaimText.Work.WRITING);
            manifestSent = true;
            write(stored.toJson());
            ended = true;
            threads.close();
            claim.release();
            return stored;
        } catch (IOException e) {
            throw bucket.failed("the backup '" + name() + "' cannot be written", e);
        }
    }

    /** Compares the lengths of the objects: a service may have lost a part, or stored more than it received. */
    private void requireKept(List<BackupArchive.Volume> sent) {
        for (BackupArchive.Volume volume : sent) {
            String key = bucket.data(name(), volume.extension());
            Long length = Attempts.await(() -> bucket.lengths(key).get(key), limits);
            if (length == null || length != volume.length()) {
                throw bucket.notKept("'" + key + "' "
                        + (length == null ? "is missing" : "has " + length + " bytes") + ", but " + volume.length()
                        + " bytes were sent");
            }
        }
    }

    private void write(byte[] manifest) {
        String key = bucket.manifest(name());
        String etag = Attempts.retry(() -> bucket.create(bucket.settings().manifest(), key, manifest), limits);
        byte[] kept = Attempts.await(() -> bucket.read(key), limits);
        if (Arrays.equals(kept, manifest)) {
            return;
        }
        if (etag != null) {
            throw bucket.notKept("'" + key + "' does not contain the data that was written to it");
        }
        manifestSent = false;
        throw new BackupStoreException(
                bucket.description(),
                "another process has written '" + key + "' meanwhile",
                "This backup was removed; take it again.",
                null);
    }

    @Override
    public void close() {
        Uninterrupted.run(this::remove);
    }

    private synchronized void remove() {
        if (ended) {
            return;
        }
        ended = true;
        sealed = true;
        threads.close();
        try {
            if (manifestSent) {
                bucket.delete(bucket.manifest(name()));
            }
            data.abort();
            beforeCut.forEach(this::delete);
            claim.release();
        } catch (BackupStoreException e) {
            log.warn(
                    "Could not remove the partial data of '{}' ({}); a backup after {} removes it",
                    name(),
                    e.getMessage(),
                    limits.abandonedAfter());
        }
    }
}
