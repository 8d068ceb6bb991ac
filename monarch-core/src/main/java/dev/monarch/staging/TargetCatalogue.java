package dev.monarch.staging;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.mongodb.ReadPreference;
import com.mongodb.client.MongoDatabase;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

import dev.monarch.transfer.CollectionType;

/** What stands under which name in the target now, Monarch's own collections included. */
final class TargetCatalogue {

    private final MongoDatabase database;

    /**
     * What stands under a name.
     *
     * @param uuid the server's own name for it; null where it has none
     */
    record Standing(
            String name, CollectionType type, @Nullable BsonValue uuid, BsonDocument options) {}

    TargetCatalogue(MongoDatabase database) {
        this.database = database.withReadPreference(ReadPreference.primary());
    }

    List<Standing> all() {
        List<Standing> all = new ArrayList<>();
        for (BsonDocument listed : database.listCollections(BsonDocument.class)) {
            all.add(standing(listed));
        }
        return all;
    }

    Optional<Standing> find(String name) {
        for (BsonDocument listed :
                database.listCollections(BsonDocument.class).filter(new BsonDocument("name", new BsonString(name)))) {
            // Not every server heeds the filter.
            if (listed.getString("name").getValue().equals(name)) {
                return Optional.of(standing(listed));
            }
        }
        return Optional.empty();
    }

    private static Standing standing(BsonDocument listed) {
        return new Standing(
                listed.getString("name").getValue(),
                CollectionType.of(listed.getString("type", new BsonString("")).getValue()),
                listed.getDocument("info", new BsonDocument()).get("uuid"),
                listed.getDocument("options", new BsonDocument()));
    }
}
