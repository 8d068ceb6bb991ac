package dev.monarch.staging;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import com.mongodb.MongoException;
import com.mongodb.ReadConcern;
import com.mongodb.ReadPreference;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import com.mongodb.client.result.UpdateResult;
import org.bson.BsonArray;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;

import dev.monarch.lock.ProcessName;
import dev.monarch.transfer.OwnCollections;

/**
 * What is written down of each replacement, so that whoever comes after a crash can end it or clean up after it.
 *
 * <p>An entry is written before the first staging collection exists and deleted when none does any more. Every write is
 * acknowledged by a majority.
 */
final class Journal {

    private final MongoCollection<BsonDocument> entries;

    /** How far a replacement has come. */
    enum State {
        /** The target is as it was. */
        LOADING,
        /** The target is being loaded in place, and is half of what it was. */
        LOADING_IN_PLACE,
        /** The target is being replaced, step by step. */
        SWAPPING
    }

    /**
     * An entry.
     *
     * @param run the name of the run, which its staging collections bear
     * @param done how many steps are known to be done; more may be
     */
    record Entry(String run, State state, String purpose, String host, Instant since, List<SwapStep> steps, int done) {

        SwapProgress progress() {
            return new SwapProgress(purpose, host, since, done, steps.size(), state == State.LOADING_IN_PLACE);
        }
    }

    Journal(MongoDatabase database) {
        this.entries = database.getCollection(OwnCollections.JOURNAL, BsonDocument.class)
                .withReadPreference(ReadPreference.primary())
                .withReadConcern(ReadConcern.MAJORITY)
                .withWriteConcern(WriteConcern.MAJORITY);
    }

    /** Begins a run, and gives it a name. */
    String begin(State state, String purpose) {
        String run = UUID.randomUUID().toString().substring(0, 8);
        entries.insertOne(new BsonDocument("_id", new BsonString(run))
                .append("state", new BsonString(state.name()))
                .append("purpose", new BsonString(purpose))
                .append("host", new BsonString(ProcessName.get()))
                .append("since", new BsonDateTime(Instant.now().toEpochMilli()))
                .append("done", new BsonInt32(0))
                .append("steps", new BsonArray()));
        return run;
    }

    /**
     * Writes down what is going to be done. From here on there is no way back.
     *
     * @throws MongoException if the entry is gone, so that nobody would end what a crash interrupts
     */
    void swap(String run, List<SwapStep> steps) {
        BsonArray array = new BsonArray(steps.stream().map(SwapStep::toDocument).toList());
        UpdateResult written = entries.updateOne(
                Filters.eq(run),
                Updates.combine(Updates.set("state", State.SWAPPING.name()), Updates.set("steps", array)));
        if (written.getMatchedCount() == 0) {
            throw new MongoException("What is written down of this run in '" + OwnCollections.JOURNAL
                    + "' is gone: somebody has removed it");
        }
    }

    void done(String run, int steps) {
        entries.updateOne(Filters.eq(run), Updates.set("done", steps));
    }

    void end(String run) {
        entries.deleteOne(Filters.eq(run));
    }

    List<Entry> entries() {
        return entries.find().map(Journal::entry).into(new ArrayList<>());
    }

    private static Entry entry(BsonDocument document) {
        return new Entry(
                document.getString("_id").getValue(),
                State.valueOf(document.getString("state").getValue()),
                document.getString("purpose").getValue(),
                document.getString("host").getValue(),
                Instant.ofEpochMilli(document.getDateTime("since").getValue()),
                document.getArray("steps").stream()
                        .map(step -> SwapStep.of(step.asDocument()))
                        .toList(),
                document.getNumber("done").intValue());
    }
}
