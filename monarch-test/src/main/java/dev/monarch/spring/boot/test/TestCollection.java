package dev.monarch.spring.boot.test;

import java.util.ArrayList;
import java.util.List;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import org.assertj.core.api.AssertProvider;
import org.bson.BsonDocument;

/** A collection of a test's database, for {@code assertThat}. Each assertion reads the current documents. */
public final class TestCollection implements AssertProvider<CollectionAssert> {

    private final MongoDatabase database;

    private final String name;

    TestCollection(MongoDatabase database, String name) {
        this.database = database;
        this.name = name;
    }

    /** {@return its documents in their natural order} */
    public List<BsonDocument> documents() {
        return collection().find().into(new ArrayList<>());
    }

    /** {@return its indexes, as the server lists them} */
    public List<BsonDocument> indexes() {
        return collection().listIndexes(BsonDocument.class).into(new ArrayList<>());
    }

    boolean exists() {
        return database.listCollectionNames().into(new ArrayList<>()).contains(name);
    }

    long count(BsonDocument filter) {
        return collection().countDocuments(filter);
    }

    private MongoCollection<BsonDocument> collection() {
        return database.getCollection(name, BsonDocument.class);
    }

    /** For AssertJ: write {@code assertThat(collection)}. */
    @Override
    public CollectionAssert assertThat() {
        return new CollectionAssert(this);
    }

    /** {@return the name of the collection} */
    @Override
    public String toString() {
        return "collection '" + name + "'";
    }
}
