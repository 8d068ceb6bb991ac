package dev.monarch.engine.backfill;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.mongodb.client.model.Updates;
import org.bson.BsonValue;
import org.bson.conversions.Bson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The collection of a run, which others may drop, rename or replace meanwhile. For one thread. */
final class FollowedCollection {

    private static final Logger log = LoggerFactory.getLogger(FollowedCollection.class);

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final RunProgress progress;

    private final String name;

    private final String backfill;

    private Optional<SourceCollection> found = Optional.empty();

    private long foundAt;

    FollowedCollection(RunProgress progress) {
        this.progress = progress;
        this.name = progress.source().collection();
        this.backfill = progress.scope().id();
    }

    /**
     * Looks for the collection at the start and the end of each pass, and every second. Between these, writes to another
     * collection of the same name are harmless, because they have an effect only on equal documents.
     *
     * @return the collection, or empty if it does not exist
     */
    Optional<SourceCollection> find() {
        boolean isOld = System.nanoTime() - foundAt >= BETWEEN_LOOKS.toNanos();
        BackfillRecord record = progress.record();
        if (isOld || found.isEmpty() || record.isComplete() || record.position() == null) {
            foundAt = System.nanoTime();
            found = SourceCollection.named(progress.database(), name);
            follow();
        }
        return found;
    }

    /** Starts from the beginning if the collection is another one than that of the progress. */
    private void follow() {
        BackfillRecord record = progress.record();
        BsonValue uuid = record.uuid();
        boolean same = name.equals(record.collection())
                && found.map(now -> now.uuid().equals(uuid)).orElse(uuid.isNull());
        if (found.isPresent() && !found.get().isWritable()) {
            throw BackfillFailure.notWritable(name, found.get().type());
        }
        if (same) {
            return;
        }
        if (found.isEmpty() && name.equals(record.collection())) {
            SourceCollection.withUuid(progress.database(), uuid).ifPresent(renamed -> {
                throw BackfillFailure.renamed(name, renamed.name());
            });
        }
        if (record.collection() != null) {
            log.warn(
                    "Backfill '{}': collection '{}' {}",
                    backfill,
                    name,
                    found.isEmpty() ? "was dropped" : "was replaced by another one; starting from its beginning");
        }
        progress.rejections().clear();
        start();
    }

    private void start() {
        List<Bson> updates = new ArrayList<>(progress.beginning(1));
        updates.add(Updates.set(BackfillRecord.COLLECTION, name));
        updates.add(found.map(SourceCollection::uuid)
                .filter(known -> !known.isNull())
                .map(known -> Updates.set(BackfillRecord.UUID, known))
                .orElse(Updates.unset(BackfillRecord.UUID)));
        updates.add(Updates.set(BackfillRecord.COMPLETE, false));
        if (progress.record().at(BackfillRecord.STARTED_AT) == null) {
            updates.add(Updates.set(BackfillRecord.STARTED_AT, progress.now()));
        }
        progress.write(updates);
    }
}
