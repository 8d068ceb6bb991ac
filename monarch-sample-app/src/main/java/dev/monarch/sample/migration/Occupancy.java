package dev.monarch.sample.migration;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import org.bson.Document;

import dev.monarch.migration.Migration;
import dev.monarch.migration.Migration.Run;
import dev.monarch.migration.MigrationContext;
import dev.monarch.migration.MongoMigration;

/**
 * Counts how many dogs sleep in each house.
 *
 * <p>An example of derived data: when its computation changes, the author changes the version, and the next run
 * computes it again.
 */
@Migration(id = "occupancy", run = Run.ON_CHANGE, version = "1")
class Occupancy implements MongoMigration {

    @Override
    public void up(MigrationContext context) {
        MongoDatabase database = context.database();
        Map<String, Integer> dogs = new HashMap<>();
        database.getCollection("dogs").find().forEach(dog -> dogs.merge(dog.getString("house"), 1, Integer::sum));
        List<ReplaceOneModel<Document>> houses = new ArrayList<>();
        database.getCollection("dog_houses").find().forEach(house -> houses.add(occupancy(house, dogs)));
        if (!houses.isEmpty()) {
            database.getCollection("occupancy").bulkWrite(houses);
        }
    }

    private static ReplaceOneModel<Document> occupancy(Document house, Map<String, Integer> dogs) {
        String id = house.getString("_id");
        return new ReplaceOneModel<>(
                Filters.eq(id),
                new Document("_id", id).append("places", house.get("places")).append("dogs", dogs.getOrDefault(id, 0)),
                new ReplaceOptions().upsert(true));
    }
}
