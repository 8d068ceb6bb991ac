package dev.monarch.engine.staging;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import com.mongodb.MongoException;
import com.mongodb.ReadConcern;
import com.mongodb.ReadPreference;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.Updates;
import org.bson.BsonArray;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

import dev.monarch.engine.environment.ProcessName;
import dev.monarch.engine.transfer.OwnCollections;

/**
 * The journal of replacements. With it, another process can finish a replacement after a crash, or clean up after it.
 *
 * <p>An entry is written before the first staging collection exists, and deleted after the last one is gone. Every
 * write has write concern majority. An entry says which journal it belongs to ({@link JournalIdentity}). If a tool
 * restores a dump with entries of another database, Monarch does not act on them.
 */
public final class Journal {

    private final MongoDatabase database;

    private final MongoCollection<BsonDocument> entries;

    /** The state of a replacement. */
    public enum State {
        /** The loaded data is being removed. The target is unchanged. */
        REMOVING,
        /** The target is unchanged. */
        LOADING,
        /** The target is being loaded in place, and is incomplete. */
        LOADING_IN_PLACE,
        /** The target is being replaced, step by step. */
        SWAPPING
    }

    /**
     * An entry of the journal.
     *
     * @param run the id of the run, which the names of its staging collections contain
     * @param done how many steps are known to be done; more may be
     * @param begun the index of a started step whose result cannot be seen in the database, from 0; -1 if there is none
     * @param inPlace what is being loaded in place; null for any other run
     */
    public record Entry(
            String run,
            State state,
            String purpose,
            String host,
            Instant since,
            List<SwapStep> steps,
            int done,
            int begun,
            @Nullable InPlace inPlace) {}

    Journal(MongoDatabase database) {
        this.database = database;
        this.entries = database.getCollection(OwnCollections.JOURNAL, BsonDocument.class)
                .withReadPreference(ReadPreference.primary())
                .withReadConcern(ReadConcern.MAJORITY)
                .withWriteConcern(WriteConcern.MAJORITY);
    }

    /**
     * Begins a run, and gives it an id.
     *
     * @param inPlace the collections loaded in place; null if the target is unchanged until the swap
     * @param since the server's time
     */
    String begin(String purpose, @Nullable InPlace inPlace, Instant since) {
        String run = UUID.randomUUID().toString().substring(0, 8);
        State state = inPlace == null ? State.LOADING : State.LOADING_IN_PLACE;
        BsonDocument entry = new BsonDocument("_id", new BsonString(run))
                .append("state", new BsonString(state.name()))
                .append("purpose", new BsonString(purpose))
                .append("host", new BsonString(ProcessName.get()))
                .append("since", new BsonDateTime(since.toEpochMilli()))
                .append("done", new BsonInt32(0))
                .append("steps", new BsonArray());
        if (inPlace != null) {
            entry.append("inPlace", inPlace.toDocument());
        }
        JournalIdentity.created(database).mark(entry);
        entries.insertOne(entry);
        return run;
    }

    /**
     * Records the steps of the swap. From now on, it cannot be rolled back.
     *
     * @return the current entry
     * @throws MongoException if the entry is gone or being removed, so that no one could finish the swap after a crash
     */
    Entry swap(String run, List<SwapStep> steps) {
        BsonDocument written = entries.findOneAndUpdate(
                Filters.and(Filters.eq(run), Filters.ne("state", State.REMOVING.name())),
                Updates.combine(Updates.set("state", State.SWAPPING.name()), Updates.set("steps", documents(steps))),
                new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER));
        if (written == null) {
            throw new MongoException(
                    "The entry of this run in '" + OwnCollections.JOURNAL + "' is gone: another client has removed it");
        }
        return entry(written);
    }

    /** Records that a swap was cancelled before it changed anything. */
    void unswap(String run) {
        entries.updateOne(
                Filters.eq(run),
                Updates.combine(Updates.set("state", State.LOADING.name()), Updates.set("steps", new BsonArray())));
    }

    void done(String run, int steps) {
        entries.updateOne(Filters.eq(run), Updates.set("done", steps));
    }

    void begun(String run, int step) {
        entries.updateOne(Filters.eq(run), Updates.set("begun", step));
    }

    void end(String run) {
        entries.deleteOne(Filters.eq(run));
    }

    /**
     * Claims a run that has replaced nothing, so that what it has loaded can be removed.
     *
     * <p>From then on its swap cannot begin, not even by a command that is still on its way to the server.
     *
     * @return false if its swap has begun; the run must not be changed then
     */
    boolean beginRemoval(String run) {
        entries.updateOne(
                Filters.and(Filters.eq(run), Filters.ne("state", State.SWAPPING.name())),
                Updates.set("state", State.REMOVING.name()));
        BsonDocument now = entries.find(Filters.eq(run)).first();
        return now == null || entry(now).state() == State.REMOVING;
    }

    /** Records the remaining steps of a swap. */
    void change(String run, List<SwapStep> steps) {
        entries.updateOne(Filters.eq(run), Updates.set("steps", documents(steps)));
    }

    private static BsonArray documents(List<SwapStep> steps) {
        return new BsonArray(steps.stream().map(SwapStep::toDocument).toList());
    }

    /** Records what is still incomplete after a run in place. */
    void incomplete(String run, InPlace left) {
        entries.updateOne(Filters.eq(run), Updates.set("inPlace", left.toDocument()));
    }

    /** Returns the entries of runs in this database. */
    List<Entry> entries() {
        return contents().own();
    }

    /** Returns all entries; one round trip if there are none. */
    JournalContents contents() {
        return JournalContents.of(all(), database);
    }

    private List<BsonDocument> all() {
        return entries.find().into(new ArrayList<>());
    }

    /** Returns the ids of all runs, including those of foreign entries. */
    Set<String> runs() {
        return all().stream().map(JournalContents::id).collect(Collectors.toSet());
    }

    /** Removes the entries that were copied from elsewhere. */
    void removeForeign() {
        contents().foreignIds().forEach(id -> entries.deleteOne(Filters.eq(id)));
    }

    static Entry entry(BsonDocument document) {
        return new Entry(
                document.getString("_id").getValue(),
                State.valueOf(document.getString("state").getValue()),
                document.getString("purpose").getValue(),
                document.getString("host").getValue(),
                Instant.ofEpochMilli(document.getDateTime("since").getValue()),
                document.getArray("steps").stream()
                        .map(step -> SwapStep.of(step.asDocument()))
                        .toList(),
                document.getNumber("done").intValue(),
                document.getNumber("begun", new BsonInt32(-1)).intValue(),
                document.get("inPlace") instanceof BsonDocument inPlace ? InPlace.of(inPlace) : null);
    }
}
