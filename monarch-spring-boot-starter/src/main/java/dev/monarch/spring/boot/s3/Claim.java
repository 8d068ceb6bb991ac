package dev.monarch.spring.boot.s3;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.model.S3Object;

import dev.monarch.BackupStoreException;

/**
 * The right to write, or to delete, the backup of one name: an object {@code .busy/NAME} that only one can create. It is
 * written again now and then as a sign of life; one that is old by the service's own clock is of somebody who died at work.
 *
 * <pre>{@code
 * WORK TOKEN EXTENSION      // one line; the extension is that of the data
 * }</pre>
 */
final class Claim {

    private static final Logger log = LoggerFactory.getLogger(Claim.class);

    private final S3Bucket bucket;

    private final String name;

    private final String extension;

    private final String token;

    private Work work;

    private String etag;

    private long lastSign = System.nanoTime();

    /** What somebody is at. */
    enum Work {
        /** Whether the name is free; nothing was touched. */
        LOOKING,
        /** Its data, and then its manifest. */
        WRITING,
        /** Its manifest, and then its data. */
        DELETING
    }

    private Claim(S3Bucket bucket, String name, String extension, String token, Work work, String etag) {
        this.work = work;
        this.bucket = bucket;
        this.name = name;
        this.extension = extension;
        this.token = token;
        this.etag = etag;
    }

    /** Takes a name to look whether it is free; null if somebody else has it. */
    static @Nullable Claim take(S3Bucket bucket, String name, String extension) {
        String token = UUID.randomUUID().toString();
        byte[] line = line(Work.LOOKING, token, extension);
        String key = bucket.busy(name);
        String etag = bucket.create(bucket.settings().passing(), key, line);
        if (etag == null && Arrays.equals(bucket.read(key), line)) {
            // Ours: the answer to a first attempt was lost.
            etag = etag(bucket, key);
        }
        return etag == null ? null : new Claim(bucket, name, extension, token, Work.LOOKING, etag);
    }

    /** Takes the name of a backup that is there, to delete it; whoever else has it is ending, or dead. */
    static Claim toDelete(S3Bucket bucket, String name, String extension) {
        String token = UUID.randomUUID().toString();
        String etag =
                bucket.write(bucket.settings().passing(), bucket.busy(name), line(Work.DELETING, token, extension));
        return new Claim(bucket, name, extension, token, Work.DELETING, String.valueOf(etag));
    }

    /** Takes a name over from somebody who died; null if somebody else did, or nobody had died. */
    static @Nullable Claim inherit(S3Bucket bucket, S3Object dead) {
        byte[] line = bucket.read(dead.key());
        List<String> words = line == null ? List.of() : List.of(new String(line, StandardCharsets.UTF_8).split(" ", 3));
        if (words.size() < 3) {
            return null;
        }
        Work work = Work.valueOf(words.get(0));
        String extension = words.get(2);
        String token = UUID.randomUUID().toString();
        String etag = bucket.write(
                bucket.settings().passing().ifMatch(dead.eTag()), dead.key(), line(work, token, extension));
        return etag == null ? null : new Claim(bucket, bucket.nameOfBusy(dead.key()), extension, token, work, etag);
    }

    private static @Nullable String etag(S3Bucket bucket, String key) {
        var object = bucket.look(key);
        return object == null ? null : object.eTag();
    }

    private static byte[] line(Work work, String token, String extension) {
        return (work + " " + token + " " + extension).getBytes(StandardCharsets.UTF_8);
    }

    String name() {
        return name;
    }

    String extension() {
        return extension;
    }

    Work work() {
        return work;
    }

    /**
     * Says that its owner is alive, and what it is at.
     *
     * @throws BackupStoreException if somebody has taken it for dead
     */
    void sign(Work now) {
        String signed =
                bucket.write(bucket.settings().passing().ifMatch(etag), bucket.busy(name), line(now, token, extension));
        if (signed == null) {
            throw new BackupStoreException(
                    bucket.description(),
                    "'" + bucket.busy(name) + "' was changed by somebody who took this backup for dead",
                    "Nothing of it is kept; take it again.",
                    null);
        }
        etag = signed;
        work = now;
        lastSign = System.nanoTime();
    }

    /** Says so if that was long ago. */
    void signNowAndThen(S3Limits limits) {
        if (System.nanoTime() - lastSign > limits.lifeSign().toNanos()) {
            sign(Work.WRITING);
        }
    }

    /** Gives the name up; if that fails, the next backup does it. */
    void giveUp() {
        try {
            bucket.delete(bucket.busy(name));
        } catch (BackupStoreException e) {
            log.debug("The name '{}' could not be given up; a later backup does it", name, e);
        }
    }
}
