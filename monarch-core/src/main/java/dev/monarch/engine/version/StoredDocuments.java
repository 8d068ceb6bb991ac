package dev.monarch.engine.version;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

import com.mongodb.MongoClientSettings;
import com.mongodb.ReadPreference;
import com.mongodb.WriteConcern;
import com.mongodb.bulk.BulkWriteResult;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Collation;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.Updates;
import com.mongodb.client.model.WriteModel;
import com.mongodb.session.ClientSession;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonNull;
import org.bson.BsonValue;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.codecs.configuration.CodecRegistry;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

import dev.monarch.engine.original.UnchangedDocument;

/** The documents of a collection as they are stored, through either driver, in one session or none. For one thread. */
final class StoredDocuments {

    private static final BsonDocument BY_ID = new BsonDocument("_id", new BsonInt32(1));

    private final Class<?> api;

    private final Object collection;

    private final DriverAnswers answers;

    private final @Nullable ClientSession session;

    private final Isolation isolation;

    /**
     * Creates it.
     *
     * @param api {@code MongoCollection} of either driver
     * @param collection the collection
     * @param answers how the driver answers
     * @param session the session, or null
     * @param isolation what others can do between two steps
     */
    StoredDocuments(
            Class<?> api,
            Object collection,
            DriverAnswers answers,
            @Nullable ClientSession session,
            Isolation isolation) {
        this.api = api;
        this.collection = collection;
        this.answers = answers;
        this.session = session;
        this.isolation = isolation;
    }

    /** A document, and what replaces it. */
    record Replacement(RawBsonDocument before, Document after) {}

    /** What others can do between two steps. */
    enum Isolation {

        /** They can write. */
        NONE,

        /** If they write a document, the transaction fails, and is repeated. */
        SNAPSHOT,

        /** They wait, if the first step of the transaction has written the document. */
        LOCK
    }

    boolean isLocking() {
        return isolation == Isolation.LOCK;
    }

    /** Writes documents, so that others wait for the transaction. */
    void lock(BsonDocument filter, String field) {
        answers.value(inSession(
                collection, "updateMany", List.of(Bson.class, Bson.class), filter, Updates.set(field, new ObjectId())));
    }

    /** {@return the filter in BSON, as the application's codecs write it} */
    BsonDocument bson(Bson filter) {
        CodecRegistry codecs = (CodecRegistry) call(collection, "getCodecRegistry", List.of());
        return filter.toBsonDocument(Document.class, codecs);
    }

    /** {@return the document that an update of one document would choose; empty if none matches} */
    List<RawBsonDocument> first(UpdateCall update) {
        List<RawBsonDocument> found = new ArrayList<>();
        Object find = find(bson(update.filter()), update.options().choice());
        if (update.options().sort() != null) {
            with(find, "sort", Bson.class, bson(update.options().sort()));
        }
        with(find, "limit", int.class, 1);
        answers.read(find, 1, found::addAll);
        return found;
    }

    /** Reads the ids of all documents that an update matches, without duplicates. */
    void ids(UpdateCall update, int size, Consumer<List<BsonValue>> groups) {
        Object find = find(bson(update.filter()), update.options().choice());
        with(find, "sort", Bson.class, BY_ID);
        with(find, "projection", Bson.class, BY_ID);
        with(find, "allowDiskUse", Boolean.class, true);
        answers.read(
                find,
                size,
                group -> groups.accept(group.stream().map(StoredDocuments::idOf).toList()));
    }

    List<RawBsonDocument> matching(BsonDocument filter, UpdateSettings.@Nullable Choice choice) {
        List<RawBsonDocument> found = new ArrayList<>();
        answers.read(find(filter, choice), Integer.MAX_VALUE, found::addAll);
        return found;
    }

    private Object find(BsonDocument filter, UpdateSettings.@Nullable Choice choice) {
        Object raw = call(collection, "withDocumentClass", List.of(Class.class), RawBsonDocument.class);
        raw = call(
                raw, "withCodecRegistry", List.of(CodecRegistry.class), MongoClientSettings.getDefaultCodecRegistry());
        raw = call(raw, "withReadPreference", List.of(ReadPreference.class), ReadPreference.primary());
        Object find = Objects.requireNonNull(inSession(raw, "find", List.of(Bson.class), filter), "find");
        if (choice != null) {
            with(find, "collation", Collation.class, choice.collation());
            with(find, "hint", Bson.class, choice.hint());
            with(find, "hintString", String.class, choice.hintString());
            with(find, "let", Bson.class, choice.let());
        }
        return find;
    }

    private void with(Object find, String name, Class<?> type, @Nullable Object value) {
        if (value != null) {
            onFind(find, name, List.of(type), value);
        }
    }

    /** Calls a method of a query of the driver. */
    @Nullable
    Object onFind(Object find, String name, List<Class<?>> types, @Nullable Object... arguments) {
        Class<?> type = DriverMethods.method(api, "find", List.of(Bson.class)).getReturnType();
        return DriverMethods.invoke(find, DriverMethods.method(type, name, types), arguments);
    }

    boolean exists(BsonDocument filter, UpdateSettings.Choice choice) {
        List<RawBsonDocument> found = new ArrayList<>();
        Object find = find(filter, choice);
        with(find, "limit", int.class, 1);
        answers.read(find, 1, found::addAll);
        return !found.isEmpty();
    }

    /** Replaces documents, unless others have changed one of them. Returns whether all were replaced. */
    boolean replace(List<Replacement> replacements) {
        if (replacements.isEmpty()) {
            return true;
        }
        List<WriteModel<Document>> writes = new ArrayList<>();
        replacements.forEach(each -> writes.add(new ReplaceOneModel<>(unchanged(each.before()), each.after())));
        Object done = answers.value(inSession(
                acknowledged(),
                "bulkWrite",
                List.of(List.class, BulkWriteOptions.class),
                writes,
                new BulkWriteOptions().ordered(false)));
        return done instanceof BulkWriteResult result && result.getMatchedCount() == replacements.size();
    }

    /** In a transaction, the server refuses the write if someone else has changed the document since. */
    private BsonDocument unchanged(RawBsonDocument document) {
        return isolation != Isolation.NONE ? withId(List.of(document)) : UnchangedDocument.filter(document);
    }

    /** Returns a filter that only these documents match; without a transaction only one, and only as it was read. */
    BsonDocument only(List<RawBsonDocument> documents) {
        return documents.size() == 1 ? unchanged(documents.get(0)) : withId(documents);
    }

    static BsonDocument withId(List<RawBsonDocument> documents) {
        return withIds(documents.stream().map(StoredDocuments::idOf).toList());
    }

    static BsonDocument withIds(List<BsonValue> ids) {
        return new BsonDocument("_id", new BsonDocument("$in", new BsonArray(ids)));
    }

    static BsonValue idOf(RawBsonDocument document) {
        return document.get("_id", BsonNull.VALUE);
    }

    /** Sends an update with another filter, and waits for its result. */
    @Nullable
    Object update(Object target, UpdateCall update, BsonDocument filter, boolean upsert) {
        return answers.value(inSession(
                target,
                update.name(),
                List.of(Bson.class, update.updateType(), update.optionsType()),
                filter,
                update.update(),
                update.options(upsert)));
    }

    /** A write that is not acknowledged would have no result. */
    Object acknowledged() {
        WriteConcern concern = (WriteConcern) call(collection, "getWriteConcern", List.of());
        return concern.isAcknowledged()
                ? collection
                : call(collection, "withWriteConcern", List.of(WriteConcern.class), WriteConcern.ACKNOWLEDGED);
    }

    /** Calls a method of a collection in the session, if there is one. */
    @Nullable
    Object inSession(Object target, String name, List<Class<?>> types, @Nullable Object... arguments) {
        List<Class<?>> allTypes = new ArrayList<>(types);
        List<@Nullable Object> all = new ArrayList<>(Arrays.asList(arguments));
        if (session != null) {
            allTypes.add(0, DriverMethods.sessionType(api));
            all.add(0, session);
        }
        return DriverMethods.invoke(target, DriverMethods.method(api, name, allTypes), all.toArray());
    }

    private Object call(Object target, String name, List<Class<?>> types, @Nullable Object... arguments) {
        return Objects.requireNonNull(
                DriverMethods.invoke(target, DriverMethods.method(api, name, types), arguments), name);
    }
}
