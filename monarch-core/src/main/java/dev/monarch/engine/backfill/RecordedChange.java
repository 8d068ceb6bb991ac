package dev.monarch.engine.backfill;

import java.util.Optional;
import java.util.function.Function;

import com.mongodb.client.MongoDatabase;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.conversions.Bson;

import dev.monarch.backfill.DocumentBackfill.Change;
import dev.monarch.engine.environment.Deployment;
import dev.monarch.engine.lock.HeldLock;
import dev.monarch.engine.original.KeptOriginals;
import dev.monarch.engine.original.OriginalsSpace;
import dev.monarch.environment.MonarchEnvironment;

/**
 * Changes documents of one collection for a migration, and keeps what they were. So the migration can be undone. For one thread.
 *
 * <p>As in a backfill, the original is written before the document is changed, and a document that others change meanwhile is
 * read again. Other than in a backfill, a document that cannot be changed ends the migration.
 */
public final class RecordedChange {

    private static final int BATCH = 1000;

    private final MonarchEnvironment environment;

    private final String scope;

    private final String migration;

    private final MongoDatabase database;

    private final HeldLock lock;

    /**
     * Creates it.
     *
     * @param environment the environment
     * @param scope the scope of its history
     * @param migration the id of the migration
     * @param database the database, in the session of the migration
     * @param lock the lock of the environment, which is held
     */
    public RecordedChange(
            MonarchEnvironment environment, String scope, String migration, MongoDatabase database, HeldLock lock) {
        this.environment = environment;
        this.scope = scope;
        this.migration = migration;
        this.database = database;
        this.lock = lock;
    }

    /**
     * Changes the documents that match a filter, in the order of their ids.
     *
     * @param name the collection
     * @param filter the filter
     * @param change how to change a document
     * @return the number of changed documents
     */
    public long apply(String name, Bson filter, Function<RawBsonDocument, Change> change) {
        Optional<SourceCollection> found = SourceCollection.named(environment.ownDatabase(), name);
        if (found.isEmpty()) {
            return 0;
        }
        if (!found.get().isWritable()) {
            throw new IllegalArgumentException(
                    "'" + name + "' is a " + found.get().type() + ", and its documents cannot be changed one by one");
        }
        Deployment deployment = Deployment.of(environment.ownClient());
        RejectedDocuments none = new NoRejections(name);
        IdRanges ranges = new IdRanges(
                database.getCollection(name, RawBsonDocument.class),
                filter.toBsonDocument(BsonDocument.class, database.getCodecRegistry()),
                deployment.sessions());
        ChangeWriter writer = new ChangeWriter(
                database.getCollection(name, BsonDocument.class),
                found.get().collated(),
                deployment.snapshots(),
                none,
                new KeptOriginals(environment, scope).ofMigration(migration, name));
        return apply(name, ranges, new ChangeBatch(ranges, change::apply, none, writer));
    }

    private long apply(String name, IdRanges ranges, ChangeBatch batch) {
        OriginalsSpace space = new OriginalsSpace(environment);
        long changed = 0;
        BsonValue from = null;
        do {
            lock.ensureHeld();
            space.problem().ifPresent(problem -> {
                throw new IllegalStateException(problem);
            });
            BsonValue to = ranges.end(from, BATCH);
            DocumentGroups groups = new DocumentGroups(batch, DocumentGroups.Slices.NONE, false, null);
            ranges.read(from, to, groups);
            groups.flush();
            if (groups.result().left() > 0) {
                throw new IllegalStateException(groups.result().left() + " documents of '" + name
                        + "' were changed by others again and again. Run the migration again");
            }
            changed += groups.result().changed();
            from = to;
        } while (from != null);
        return changed;
    }

    /** A migration has no documents that are set aside. */
    private record NoRejections(String collection) implements RejectedDocuments {

        @Override
        public boolean contains(BsonValue document) {
            return false;
        }

        @Override
        public void add(BsonValue document, String error) {
            throw new IllegalStateException("The document of '" + collection + "' with the _id " + BsonText.of(document)
                    + " could not be changed: " + error);
        }
    }
}
