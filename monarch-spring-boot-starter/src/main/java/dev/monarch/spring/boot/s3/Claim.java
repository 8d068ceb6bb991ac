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
 * The right to write, or to delete, the backup of one name: an object {@code .busy/NAME} that only one can create. It is
 * written again now and then as a sign of life; one that is old by the service's own clock is of somebody who died at work.
 *
 * <p>It belongs to whoever's token is in it. The condition on its ETag only keeps two from writing it at once: an ETag tells
 * nothing about the owner, for the answer to an earlier attempt may have been lost.
 */
final class Claim {

    private static final Logger log = LoggerFactory.getLogger(Claim.class);

    private static final int MOST_CONFLICTS = 3;

    private final S3Bucket bucket;

    private final String name;

    private final S3Limits limits;

    private ClaimText text;

    private String etag;

    private long lastSign = System.nanoTime();

    private Claim(S3Bucket bucket, String name, S3Limits limits, ClaimText text, String etag) {
        this.bucket = bucket;
        this.name = name;
        this.limits = limits;
        this.text = text;
        this.etag = etag;
    }

    /**
     * Takes a name to look whether it is free; null if somebody else has it.
     *
     * @throws BackupStoreException if the service does not keep what it is sent
     */
    static @Nullable Claim take(S3Bucket bucket, String name, S3Limits limits, String extension) {
        ClaimText text = new ClaimText(ClaimText.Work.LOOKING, UUID.randomUUID().toString(), extension);
        String key = bucket.busy(name);
        String etag = Attempts.at(() -> bucket.create(bucket.settings().passing(), key, text.bytes()), limits);
        ResponseBytes<GetObjectResponse> kept = Attempts.until(() -> bucket.fetch(key), limits);
        if (kept != null && Arrays.equals(kept.asByteArrayUnsafe(), text.bytes())) {
            return new Claim(bucket, name, limits, text, kept.response().eTag());
        }
        if (etag == null) {
            return null;
        }
        bucket.delete(key);
        throw bucket.notKept(
                "'" + key + "' has not what was written to it" + (kept == null ? "" : " (" + size(kept) + ")"));
    }

    private static String size(ResponseBytes<GetObjectResponse> kept) {
        return kept.asByteArrayUnsafe().length + " bytes";
    }

    /** Takes the name of a backup that is there, to delete it; whoever else has it is ending, or dead. */
    static Claim toDelete(S3Bucket bucket, String name, S3Limits limits, String extension) {
        String key = bucket.busy(name);
        byte[] present = bucket.read(key);
        if (present != null && ClaimText.of(present) == null) {
            throw new BackupStoreException(
                    bucket.description(),
                    "'" + key + "' is not Monarch's, and marks the backup as busy",
                    "Remove that object, and delete the backup again.",
                    null);
        }
        ClaimText text =
                new ClaimText(ClaimText.Work.DELETING, UUID.randomUUID().toString(), extension);
        String etag = bucket.write(bucket.settings().passing(), key, text.bytes());
        return new Claim(bucket, name, limits, text, String.valueOf(etag));
    }

    /** Takes a name over from somebody of whom nothing was heard since; null if somebody else did, or nobody had died. */
    static @Nullable Claim inherit(S3Bucket bucket, String key, S3Limits limits, Instant since) {
        ResponseBytes<GetObjectResponse> found = bucket.fetch(key);
        ClaimText dead = found == null ? null : ClaimText.of(found.asByteArrayUnsafe());
        if (found == null || dead == null || found.response().lastModified().isAfter(since)) {
            return null;
        }
        ClaimText text = new ClaimText(dead.work(), UUID.randomUUID().toString(), dead.extension());
        String etag = bucket.write(
                bucket.settings().passing().ifMatch(found.response().eTag()), key, text.bytes());
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
     * Says that its owner is alive, and what it is at.
     *
     * @throws BackupStoreException if somebody has taken it for dead, or the service cannot be reached
     */
    void sign(ClaimText.Work now) {
        if (!trySign(now)) {
            throw takenForDead();
        }
    }

    /** Says that its owner is alive, and what it is at; false if somebody else has the name. */
    boolean trySign(ClaimText.Work now) {
        ClaimText signed = text.at(now);
        String written = Attempts.at(() -> write(signed), limits);
        if (written == null) {
            return false;
        }
        etag = written;
        text = signed;
        lastSign = System.nanoTime();
        return true;
    }

    private @Nullable String write(ClaimText signed) {
        String key = bucket.busy(name);
        for (int conflicts = 0; conflicts < MOST_CONFLICTS; conflicts++) {
            String written = bucket.write(bucket.settings().passing().ifMatch(etag), key, signed.bytes());
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
                "'" + key + "' cannot be written under the condition that it has the ETag that the service gave it",
                "The service must have conditions on writing (If-Match); use another one.",
                null);
    }

    /** Says so if that was long ago. If it cannot be said it is said later: nobody takes it for dead at once. */
    void signNowAndThen() {
        if (System.nanoTime() - lastSign <= limits.lifeSign().toNanos()) {
            return;
        }
        boolean own;
        try {
            own = trySign(ClaimText.Work.WRITING);
        } catch (BackupStoreException e) {
            lastSign = System.nanoTime();
            log.warn(
                    "Backup '{}': no sign of life could be given ({}). Monarch tries again in {}",
                    name,
                    e.getMessage(),
                    limits.lifeSign());
            return;
        }
        if (!own) {
            throw takenForDead();
        }
    }

    private BackupStoreException takenForDead() {
        return new BackupStoreException(
                bucket.description(),
                "'" + bucket.busy(name) + "' was changed by somebody who took this backup for dead",
                "Nothing of it is kept; take it again.",
                null);
    }

    /** Gives the name up, if it is still ours; if that fails, a later backup does it. */
    void giveUp() {
        try {
            byte[] present = bucket.read(bucket.busy(name));
            ClaimText found = present == null ? null : ClaimText.of(present);
            if (found != null && found.isOf(text)) {
                bucket.delete(bucket.busy(name));
            }
        } catch (BackupStoreException e) {
            log.debug("The name '{}' could not be given up; a later backup does it", name, e);
        }
    }
}
