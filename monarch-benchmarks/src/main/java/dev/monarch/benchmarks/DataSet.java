package dev.monarch.benchmarks;

import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Random;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.Indexes;
import org.bson.Document;

/** The data to back up and restore. Every run uses the same documents. */
enum DataSet {

    /** One collection of documents of about 1 KB. */
    ONE_LARGE("one collection of %,d documents of about 1 KB", 2, 1) {
        @Override
        void fill(MongoDatabase database, int documents) {
            insert(database.getCollection("large"), documents, 700, 0);
        }
    },

    /** 200 collections of small documents with four indexes. */
    MANY_SMALL("200 collections with four indexes, %,d small documents in all", 30, 6) {
        @Override
        void fill(MongoDatabase database, int documents) {
            for (int i = 0; i < COLLECTIONS; i++) {
                MongoCollection<Document> collection = database.getCollection("small" + i);
                collection.createIndexes(List.of(
                        new IndexModel(Indexes.ascending("n")),
                        new IndexModel(Indexes.ascending("name")),
                        new IndexModel(Indexes.ascending("at", "n")),
                        new IndexModel(Indexes.descending("email"))));
                insert(collection, documents / COLLECTIONS, 40, i);
            }
        }
    };

    private static final int COLLECTIONS = 200;

    private static final int BATCH = 2_000;

    private static final String[] WORDS =
            "dog house kennel harbour river mountain winter summer account order invoice weight number".split(" ");

    private final String words;

    private final int warmUpBackups;

    private final int warmUpRestores;

    DataSet(String words, int warmUpBackups, int warmUpRestores) {
        this.words = words;
        this.warmUpBackups = warmUpBackups;
        this.warmUpRestores = warmUpRestores;
    }

    /** The number of backups until nearly all code is compiled. */
    int warmUpBackups() {
        return warmUpBackups;
    }

    /** The number of restores or copies until nearly all code is compiled. */
    int warmUpRestores() {
        return warmUpRestores;
    }

    String describe(int documents) {
        return String.format(words, documents);
    }

    abstract void fill(MongoDatabase database, int documents);

    private static void insert(MongoCollection<Document> collection, int documents, int textLength, int seed) {
        Random random = new Random(seed);
        List<Document> batch = new ArrayList<>();
        for (int i = 0; i < documents; i++) {
            batch.add(new Document("n", i)
                    .append("name", text(random, 12))
                    .append("email", "user" + random.nextInt() + "@example.com")
                    .append("balance", random.nextDouble() * 1000)
                    .append("at", new Date(1_700_000_000_000L + random.nextInt()))
                    .append("tags", List.of(text(random, 8), text(random, 8)))
                    .append("key", Long.toHexString(random.nextLong()))
                    .append("text", text(random, textLength)));
            if (batch.size() == BATCH) {
                collection.insertMany(batch);
                batch.clear();
            }
        }
        if (!batch.isEmpty()) {
            collection.insertMany(batch);
        }
    }

    private static String text(Random random, int length) {
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            text.append(WORDS[random.nextInt(WORDS.length)])
                    .append(random.nextInt(1000))
                    .append(' ');
        }
        return text.substring(0, length);
    }
}
