package dev.monarch.spring.boot.s3;

import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

import dev.monarch.BackupStoreException;

/**
 * The right to write or delete the backup with one name: an object {@code .busy/NAME}, which only one process can
 * create. Its owner renews it from time to time, as a heartbeat. If it is old by the service's own clock, its
 * owner died.
 *
 * <p>It belongs to the process whose token it contains. The condition on its ETag only prevents two processes from
 * writing it at the same time. An ETag does not identify the owner, because the answer to an earlier attempt may have
 * been lost.
 */
final class Claim {

    private static final Logger log = LoggerFactory.getLogger(Claim.class);

    private static final int MAX_CONFLICTS = 3;

    private final S3Bucket bucket;

    private final String name;

    private final S3Limits limits;

    private ClaimText text;

    private String etag;

    private long lastRenewal = System.nanoTime();

    private Claim(S3Bucket bucket, String name, S3Limits limits, ClaimText text, String etag) {
        this.bucket = bucket;
        this.name = name;
        this.limits = limits;
        this.text = text;
        this.etag = etag;
    }

    /**
     * Claims a name, to check whether it is free. Returns null if another process has claimed it.
     *
     * @throws BackupStoreException if the service does not store what it receives
     */
    static @Nullable Claim take(S3Bucket bucket, String name, S3Limits limits, String extension) {
        ClaimText text = new ClaimText(ClaimText.Work.LOOKING, UUID.randomUUID().toString(), extension);
        String key = bucket.busy(name);
        String etag = Attempts.retry(() -> bucket.create(bucket.settings().temporary(), key, text.bytes()), limits);
        ResponseBytes<GetObjectResponse> kept = Attempts.await(() -> bucket.fetch(key), limits);
        if (kept != null && Arrays.equals(kept.asByteArrayUnsafe(), text.bytes())) {
            return new Claim(bucket, name, limits, text, kept.response().eTag());
        }
        if (etag == null) {
            return null;
        }
        bucket.delete(key);
        throw bucket.notKept("'" + key + "' does not contain the data that was written to it"
                + (kept == null ? "" : " (" + size(kept) + ")"));
    }

    private static String size(ResponseBytes<GetObjectResponse> kept) {
        return kept.asByteArrayUnsafe().length + " bytes";
    }

    /** Claims the name of an existing backup, to delete it. Any other owner is about to end, or dead. */
    static Claim toDelete(S3Bucket bucket, String name, S3Limits limits, String extension) {
        String key = bucket.busy(name);
        byte[] present = bucket.read(key);
        if (present != null && ClaimText.of(present) == null) {
            throw new BackupStoreException(
                    bucket.description(),
                    "'" + key + "' was not written by Monarch, and marks the backup as busy",
                    "Remove that object, and delete the backup again.",
                    null);
        }
        ClaimText text =
                new ClaimText(ClaimText.Work.DELETING, UUID.randomUUID().toString(), extension);
        String etag = bucket.write(bucket.settings().temporary(), key, text.bytes());
        return new Claim(bucket, name, limits, text, String.valueOf(etag));
    }

    /**
     * Takes over the claim of a process that has not renewed it since. Returns null if the owner is alive, or if another
     * process was faster.
     */
    static @Nullable Claim takeOver(S3Bucket bucket, String key, S3Limits limits, Instant since) {
        ResponseBytes<GetObjectResponse> found = bucket.fetch(key);
        ClaimText dead = found == null ? null : ClaimText.of(found.asByteArrayUnsafe());
        if (found == null || dead == null || found.response().lastModified().isAfter(since)) {
            return null;
        }
        ClaimText text = new ClaimText(dead.work(), UUID.randomUUID().toString(), dead.extension());
        String etag = bucket.write(
                bucket.settings().temporary().ifMatch(found.response().eTag()), key, text.bytes());
        return etag == null ? null : new Claim(bucket, bucket.nameOfBusy(key), limits, text, etag);
    }

    String name() {
        return name;
    }

    String extension() {
        return text.extension();
    }

    ClaimText.Work work() {
        return text.work();
    }

    /**
     * Renews the claim, and records what the owner does now.
     *
     * @throws BackupStoreException if another process has taken over the claim, or the service is unreachable
     */
    void renew(ClaimText.Work now) {
        if (!tryRenew(now)) {
            throw takenOver();
        }
    }

    /**
     * Renews the claim, and records what the owner does now. Returns false if another process has taken it over.
     */
    boolean tryRenew(ClaimText.Work now) {
        ClaimText renewed = text.at(now);
        String written = Attempts.retry(() -> write(renewed), limits);
        if (written == null) {
            return false;
        }
        etag = written;
        text = renewed;
        lastRenewal = System.nanoTime();
        return true;
    }

    private @Nullable String write(ClaimText renewed) {
        String key = bucket.busy(name);
        for (int conflicts = 0; conflicts < MAX_CONFLICTS; conflicts++) {
            String written = bucket.write(bucket.settings().temporary().ifMatch(etag), key, renewed.bytes());
            if (written != null) {
                return written;
            }
            ResponseBytes<GetObjectResponse> present = bucket.fetch(key);
            ClaimText found = present == null ? null : ClaimText.of(present.asByteArrayUnsafe());
            if (present == null || found == null || !found.isOf(text)) {
                return null;
            }
            etag = present.response().eTag();
        }
        throw new BackupStoreException(
                bucket.description(),
                "'" + key + "' cannot be written on condition of its ETag",
                "The service must support conditional writes (If-Match); use another service.",
                null);
    }

    /**
     * Renews the claim if that is due. If that fails, it tries again later, because no other process takes the claim
     * over immediately.
     */
    void renewIfDue() {
        if (System.nanoTime() - lastRenewal <= limits.heartbeat().toNanos()) {
            return;
        }
        boolean own;
        try {
            own = tryRenew(ClaimText.Work.WRITING);
        } catch (BackupStoreException e) {
            lastRenewal = System.nanoTime();
            log.warn(
                    "Backup '{}': cannot renew the claim on its name ({}). Monarch tries again in {}",
                    name,
                    e.getMessage(),
                    limits.heartbeat());
            return;
        }
        if (!own) {
            throw takenOver();
        }
    }

    private BackupStoreException takenOver() {
        return new BackupStoreException(
                bucket.description(),
                "'" + bucket.busy(name)
                        + "' was taken over by another process, because it had not been renewed in time",
                "This backup was removed; take it again.",
                null);
    }

    /** Releases the claim if this process still owns it. If that fails, a later backup removes it. */
    void release() {
        try {
            byte[] present = bucket.read(bucket.busy(name));
            ClaimText found = present == null ? null : ClaimText.of(present);
            if (found != null && found.isOf(text)) {
                bucket.delete(bucket.busy(name));
            }
        } catch (BackupStoreException e) {
            log.debug("Could not release the claim of '{}'; a later backup removes it", name, e);
        }
    }
}
