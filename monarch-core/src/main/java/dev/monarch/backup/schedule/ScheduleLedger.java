package dev.monarch.backup.schedule;

import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.UUID;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import org.bson.Document;
import org.bson.conversions.Bson;

import dev.monarch.backup.schedule.BackupSchedule.ScheduledRun.State;
import dev.monarch.engine.transfer.OwnCollections;

/**
 * Records in the environment's database which due times of a schedule were claimed and finished.
 *
 * <p>Every change is conditional on the state that was read. So exactly one instance gets each due time,
 * independently of clocks.
 *
 * <pre>{@code
 * {_id: "nightly: 0 0 2 * * * UTC", slot: ISODate("2026-11-21T02:00:00Z"), state: "RUNNING", run: "5f0c…", attempts: 1,
 *  host: "web-1:4711", since: ISODate("2026-11-21T02:00:00.012Z"), outcome: "…"}
 * }</pre>
 */
final class ScheduleLedger {

    private final MongoCollection<Document> collection;

    private final String id;

    private final String host;

    ScheduleLedger(MongoDatabase database, String id, String host) {
        this.collection = database.getCollection(OwnCollections.SCHEDULES);
        this.id = id;
        this.host = host;
    }

    /**
     * {@return the entry} For a new schedule, an entry is created in which all due times up to the given one are
     * finished.
     */
    ScheduleEntry read(Instant finishedUntil) {
        Document found = collection.find(filter()).first();
        return found != null ? ScheduleEntry.of(found) : begin(finishedUntil);
    }

    /** {@return the entry, if the schedule has one} Writes nothing. */
    Optional<ScheduleEntry> find() {
        return Optional.ofNullable(collection.find(filter()).first()).map(ScheduleEntry::of);
    }

    private ScheduleEntry begin(Instant finishedUntil) {
        try {
            collection.updateOne(
                    filter(),
                    Updates.combine(
                            Updates.setOnInsert("slot", Date.from(finishedUntil)),
                            Updates.setOnInsert("state", State.ENDED.name()),
                            Updates.setOnInsert("run", ""),
                            Updates.setOnInsert("host", host)),
                    new UpdateOptions().upsert(true));
        } catch (MongoWriteException e) {
            if (e.getError().getCategory() != ErrorCategory.DUPLICATE_KEY) {
                throw e;
            }
        }
        Document begun = collection.find(filter()).first();
        return ScheduleEntry.of(begun != null ? begun : new Document("slot", Date.from(finishedUntil)));
    }

    /** Claims a due time, unless the entry has changed. Returns the id of the run. */
    Optional<String> claim(ScheduleEntry seen, Instant due, Instant now) {
        String run = UUID.randomUUID().toString();
        Document claimed = collection.findOneAndUpdate(
                filter(seen),
                Updates.combine(
                        Updates.set("slot", Date.from(due)),
                        Updates.set("state", State.RUNNING.name()),
                        Updates.set("run", run),
                        Updates.set("attempts", seen.attemptsAt(due) + 1),
                        Updates.set("host", host),
                        Updates.set("since", Date.from(now)),
                        Updates.unset("outcome")));
        return claimed != null ? Optional.of(run) : Optional.empty();
    }

    /** Skips a due time because an earlier run is still active. Returns false if the entry has changed. */
    boolean skip(ScheduleEntry seen, Instant due) {
        return collection
                        .updateOne(filter(seen), Updates.set("slot", Date.from(due)))
                        .getModifiedCount()
                == 1;
    }

    boolean isOf(String run) {
        return collection.countDocuments(filter(run)) == 1;
    }

    /**
     * Ends a run and finishes all due times up to a given one. Returns the latest due time that was claimed or
     * finished before.
     */
    Optional<Instant> end(String run, String outcome, Instant over) {
        Document before = collection.findOneAndUpdate(
                filter(run),
                Updates.combine(
                        Updates.set("state", State.ENDED.name()),
                        Updates.set("outcome", outcome),
                        Updates.max("slot", Date.from(over))),
                new FindOneAndUpdateOptions().returnDocument(ReturnDocument.BEFORE));
        return Optional.ofNullable(before)
                .map(document -> ScheduleEntry.of(document).slot());
    }

    /** Releases a due time, so that it can be claimed again. */
    void release(String run) {
        collection.updateOne(filter(run), Updates.set("state", State.INTERRUPTED.name()));
    }

    private Bson filter() {
        return Filters.eq("_id", id);
    }

    private Bson filter(String run) {
        return Filters.and(filter(), Filters.eq("run", run), Filters.eq("state", State.RUNNING.name()));
    }

    private Bson filter(ScheduleEntry seen) {
        return Filters.and(
                filter(),
                Filters.eq("slot", Date.from(seen.slot())),
                Filters.eq("state", seen.state().name()),
                Filters.eq("run", seen.run()));
    }
}
