package dev.monarch.engine.staging;

import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Collation;
import com.mongodb.client.model.CreateCollectionOptions;
import com.mongodb.client.model.CreateViewOptions;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.TimeSeriesOptions;
import com.mongodb.client.model.ValidationOptions;
import org.bson.Document;

/**
 * Fills a database with collections, views and indexes of every type that its server supports.
 *
 * @param random the source of randomness
 * @param real whether the server supports more than plain collections and indexes
 */
record RandomCatalogue(Random random, boolean real) {

    private static final List<String> NAMES =
            List.of("dogs", "cats", "a.b.c", "with space", "Größe", "x-y", "quote'\"s", "UPPER", "z");

    private static final Date NEVER_EXPIRED = new Date(4_000_000_000_000L);

    void fill(MongoDatabase database) {
        List<String> filled = new ArrayList<>();
        for (String name : NAMES) {
            if (random.nextInt(3) > 0) {
                collection(database, name);
                filled.add(name);
            }
        }
        if (real) {
            views(database, filled);
        }
    }

    private void collection(MongoDatabase database, String name) {
        boolean ordered = real && random.nextInt(5) == 0;
        if (ordered) {
            database.createCollection(
                    name, new CreateCollectionOptions().capped(true).sizeInBytes(1_000_000));
        } else if (real && random.nextInt(6) == 0) {
            database.createCollection(
                    name,
                    new CreateCollectionOptions()
                            .validationOptions(new ValidationOptions()
                                    .validator(new Document("n", new Document("$exists", true)))));
        } else if (real && random.nextInt(6) == 0) {
            database.createCollection(
                    name,
                    new CreateCollectionOptions()
                            .collation(Collation.builder().locale("de").build()));
        } else {
            database.createCollection(name);
        }
        if (!ordered) {
            // Before the documents, because the server builds the index of an empty collection immediately.
            indexes(database.getCollection(name));
        }
        documents(database.getCollection(name));
    }

    private void documents(MongoCollection<Document> collection) {
        int count = random.nextInt(4) == 0 ? 0 : 1 + random.nextInt(60);
        if (count > 0) {
            collection.insertMany(IntStream.range(0, count)
                    .mapToObj(i -> new Document("_id", i)
                            .append("n", random.nextInt(1_000_000) * 100 + i)
                            .append("text", "word" + random.nextInt(10))
                            .append("until", NEVER_EXPIRED))
                    .toList());
        }
    }

    private void indexes(MongoCollection<Document> collection) {
        if (random.nextBoolean()) {
            collection.createIndex(Indexes.ascending("n"), new IndexOptions().unique(true));
        }
        if (!real) {
            return;
        }
        if (random.nextInt(3) == 0) {
            collection.createIndex(Indexes.ascending("until"), new IndexOptions().expireAfter(60L, TimeUnit.SECONDS));
        }
        if (random.nextInt(3) == 0) {
            // A text index has no collation, not even that of its collection.
            collection.createIndex(
                    Indexes.text("text"),
                    new IndexOptions()
                            .collation(Collation.builder().locale("simple").build()));
        }
        if (random.nextInt(3) == 0) {
            collection.createIndex(Indexes.hashed("text"));
        }
        if (random.nextInt(3) == 0) {
            collection.createIndex(
                    Indexes.descending("text"),
                    new IndexOptions().partialFilterExpression(new Document("n", new Document("$gt", 5))));
        }
        if (random.nextInt(3) == 0) {
            collection.createIndex(new Document("place", "2dsphere"), new IndexOptions().sparse(true));
        }
    }

    private void views(MongoDatabase database, List<String> below) {
        CreateViewOptions options = random.nextBoolean()
                ? new CreateViewOptions()
                : new CreateViewOptions()
                        .collation(Collation.builder().locale("fr").build());
        List<String> views = new ArrayList<>();
        for (String name : List.of("v1", "v2", "v3")) {
            if (random.nextBoolean() && !below.isEmpty()) {
                String on = views.isEmpty() || random.nextBoolean()
                        ? below.get(random.nextInt(below.size()))
                        : views.get(random.nextInt(views.size()));
                database.createView(
                        name, on, List.of(new Document("$match", new Document("n", new Document("$gt", 3)))), options);
                views.add(name);
            }
        }
        if (random.nextInt(4) == 0) {
            database.createCollection(
                    "weather", new CreateCollectionOptions().timeSeriesOptions(new TimeSeriesOptions("at")));
            database.getCollection("weather").insertOne(new Document("at", new Date(1_000_000L)).append("t", 3));
        }
    }
}
