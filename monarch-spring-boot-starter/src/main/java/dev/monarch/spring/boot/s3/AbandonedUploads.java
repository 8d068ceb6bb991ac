package dev.monarch.spring.boot.s3;

import java.time.Instant;
import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.model.S3Object;

import dev.monarch.BackupStoreException;

/** Removes the data of backups and deletions whose process died. */
final class AbandonedUploads {

    private static final Logger log = LoggerFactory.getLogger(AbandonedUploads.class);

    private final S3Bucket bucket;

    private final S3Limits limits;

    AbandonedUploads(S3Bucket bucket, S3Limits limits) {
        this.bucket = bucket;
        this.limits = limits;
    }

    /** Removes the data, as far as the permissions allow. The new claim {@code own} shows the service's time. */
    void remove(Claim own) {
        try {
            List<S3Object> busy = bucket.listBusy();
            busy.stream()
                    .filter(object -> object.key().equals(bucket.busy(own.name())))
                    .map(S3Object::lastModified)
                    .findFirst()
                    .ifPresent(now -> removeBefore(now.minus(limits.abandonedAfter()), own, busy));
        } catch (BackupStoreException e) {
            log.warn("Could not look for abandoned uploads in {}: {}", bucket.description(), e.getMessage());
        }
    }

    private void removeBefore(Instant alive, Claim own, List<S3Object> busy) {
        for (S3Object object : busy) {
            if (!object.key().equals(bucket.busy(own.name()))
                    && !object.lastModified().isAfter(alive)) {
                Claim dead = Claim.takeOver(bucket, object.key(), limits, alive);
                if (dead != null) {
                    remove(dead.name(), dead.extension(), dead.work());
                    dead.release();
                    log.info(
                            "Removed from {} the data that a dead process left of '{}'",
                            bucket.description(),
                            dead.name());
                }
            }
        }
    }

    private void remove(String name, String extension, ClaimText.Work work) {
        // With a manifest, the backup was complete, or its deletion had not begun.
        if (work == ClaimText.Work.LOOKING || bucket.look(bucket.manifest(name)) != null) {
            return;
        }
        new PendingUploads(bucket).abort(bucket.data(name, extension), key -> bucket.isVolume(key, name, extension));
        bucket.list(name + extension).stream()
                .map(S3Object::key)
                .filter(key -> bucket.isVolume(key, name, extension))
                .forEach(bucket::delete);
    }
}
