package dev.monarch.engine.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import com.mongodb.MongoException;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

import dev.monarch.Fact;
import dev.monarch.Reason;
import dev.monarch.engine.environment.Privileges;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.migration.HistoryImport.Tool;

/** Finds the histories of other migration tools in an environment's database. */
final class DetectedHistories {

    private static final String LIQUIBASE = "DATABASECHANGELOG";

    private final MonarchEnvironment environment;

    DetectedHistories(MonarchEnvironment environment) {
        this.environment = environment;
    }

    /**
     * A history of another tool that has entries.
     *
     * @param tool the tool, or null if Monarch cannot read its history
     * @param name the tool's name
     * @param collection the collection
     */
    record Found(@Nullable Tool tool, String name, String collection) {

        @Override
        public String toString() {
            return name + " in '" + collection + "'";
        }
    }

    /**
     * Finds the histories of other tools; one round trip if there is no collection with the name of one.
     *
     * @return one fact for each history
     */
    List<Fact> facts() {
        return all().stream()
                .map(found -> new Fact(
                        Reason.OTHER_HISTORY,
                        "the database has a history of " + found
                                + ", and Monarch's own history is empty: every migration would run again"))
                .toList();
    }

    List<Found> all() {
        MongoDatabase database = environment.ownDatabase();
        Set<String> names = names(database);
        return Stream.concat(
                        Stream.of(Tool.values()).flatMap(tool -> of(tool, names)),
                        Stream.of(new Found(null, "Liquibase", LIQUIBASE))
                                .filter(liquibase -> names.contains(LIQUIBASE))
                                .filter(liquibase -> has(database, LIQUIBASE, Filters.exists("fileName"))))
                .toList();
    }

    private Stream<Found> of(Tool tool, Set<String> names) {
        HistoryFormat format = HistoryFormat.of(tool);
        return format.place().collections().stream()
                .filter(names::contains)
                .filter(collection -> isIn(environment.ownDatabase(), collection, format))
                .map(collection -> new Found(tool, format.name(), collection));
    }

    /** Tells whether a collection has entries of a tool. An application may use the name for something else. */
    boolean isIn(MongoDatabase database, String collection, HistoryFormat format) {
        return has(database, collection, format.place().sign());
    }

    private static boolean has(MongoDatabase database, String collection, Bson sign) {
        try {
            return database.getCollection(collection).find(sign).limit(1).first() != null;
        } catch (MongoException e) {
            if (e.getCode() == Privileges.UNAUTHORIZED) {
                return true; // It cannot be excluded. An import reports the missing privilege.
            }
            throw e;
        }
    }

    private static Set<String> names(MongoDatabase database) {
        try {
            return Set.copyOf(database.listCollectionNames().into(new ArrayList<>()));
        } catch (MongoException e) {
            if (e.getCode() != Privileges.UNAUTHORIZED) {
                throw e;
            }
            // Every user may list the collections on which it has privileges.
            return Set.copyOf(
                    database.listCollectionNames().authorizedCollections(true).into(new ArrayList<>()));
        }
    }
}
