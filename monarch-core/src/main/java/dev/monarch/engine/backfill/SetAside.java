package dev.monarch.engine.backfill;

import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.conversions.Bson;

import dev.monarch.backfill.BackfillStatus.SetAsideDocument;
import dev.monarch.engine.Sha256;
import dev.monarch.engine.server.RawBytes;
import dev.monarch.engine.transfer.OwnCollections;
import dev.monarch.environment.MonarchEnvironment;

/**
 * The documents that one backfill could not change.
 *
 * <pre>{@code
 * { _id: "9f86d0…",                        // SHA-256 of the scope, the backfill and the document's _id
 *   scope: "default", backfill: "202612011200-weight-in-kg",
 *   document: ObjectId(…), error: "…", at: ISODate(…) }
 * }</pre>
 */
public final class SetAside {

    private static final int ERROR_LENGTH = 2_000;

    private final MongoCollection<BsonDocument> collection;

    private final String scope;

    private final String backfill;

    public SetAside(MonarchEnvironment environment, String scope, String backfill) {
        this.collection = environment.ownDatabase().getCollection(OwnCollections.SET_ASIDE, BsonDocument.class);
        this.scope = scope;
        this.backfill = backfill;
    }

    /** Adds a document, or replaces its error. */
    void add(BsonValue document, String error, Instant at) {
        String text = error.length() > ERROR_LENGTH ? error.substring(0, ERROR_LENGTH) : error;
        collection.updateOne(
                key(document),
                Updates.combine(
                        Updates.set("scope", scope),
                        Updates.set("backfill", backfill),
                        Updates.set("document", document),
                        Updates.set("error", text),
                        Updates.set("at", new BsonDateTime(at.toEpochMilli()))),
                new UpdateOptions().upsert(true));
    }

    void remove(BsonValue document) {
        collection.deleteOne(key(document));
    }

    /** Removes all documents, when the progress that they belong to is void. */
    void clear() {
        collection.deleteMany(ofThis());
    }

    Set<BsonValue> documents() {
        return collection
                .find(ofThis())
                .map(found -> found.get("document", BsonNull.VALUE))
                .into(new HashSet<>());
    }

    /** Returns the documents, the oldest first. */
    public List<SetAsideDocument> list() {
        return collection
                .find(ofThis())
                .sort(Sorts.ascending("at", "_id"))
                .map(found -> new SetAsideDocument(
                        found.get("document", BsonNull.VALUE),
                        found.getString("error").getValue(),
                        Instant.ofEpochMilli(found.getDateTime("at").getValue())))
                .into(new ArrayList<>());
    }

    private Bson ofThis() {
        return Filters.and(Filters.eq("scope", scope), Filters.eq("backfill", backfill));
    }

    private BsonDocument key(BsonValue document) {
        BsonDocument names = new BsonDocument("scope", new BsonString(scope))
                .append("backfill", new BsonString(backfill))
                .append("document", document);
        RawBytes bytes = RawBytes.of(new RawBsonDocument(names, new BsonDocumentCodec()));
        MessageDigest digest = Sha256.begin();
        digest.update(bytes.buffer());
        return new BsonDocument("_id", new BsonString(HexFormat.of().formatHex(digest.digest())));
    }
}
