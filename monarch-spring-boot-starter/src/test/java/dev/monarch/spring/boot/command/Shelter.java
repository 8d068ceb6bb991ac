package dev.monarch.spring.boot.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import com.mongodb.client.MongoDatabase;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

import dev.monarch.test.TestMongo;

/** The data of the shelter's database. */
final class Shelter {

    private Shelter() {}

    static List<String> animals(TestMongo mongo) {
        return animals(mongo.database());
    }

    static List<String> animals(MongoDatabase database) {
        return database.getCollection("animals")
                .find()
                .map(animal -> animal.getString("name"))
                .into(new ArrayList<>());
    }

    /** The entries of the history, in the order of the ids. */
    static List<String> history(TestMongo mongo) {
        return history(mongo.database());
    }

    /** The reason that the history has for the state of a migration. */
    static @Nullable String reason(TestMongo mongo, String id) {
        return Objects.requireNonNull(mongo.database()
                        .getCollection("monarch.history")
                        .find(new Document("_id.id", id))
                        .first())
                .getString("reason");
    }

    static List<String> history(MongoDatabase database) {
        return database.getCollection("monarch.history")
                .find()
                .sort(new Document("_id.id", 1))
                .map(entry -> entry.getEmbedded(List.of("_id", "id"), String.class) + " " + entry.getString("state"))
                .into(new ArrayList<>());
    }
}
