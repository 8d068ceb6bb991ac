package dev.monarch.engine.staging;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.mongodb.MongoCommandException;
import com.mongodb.client.MongoDatabase;
import org.bson.BsonDocument;
import org.bson.BsonString;

import dev.monarch.engine.server.ServerCommand;
import dev.monarch.engine.server.TransientFailure;
import dev.monarch.engine.transfer.Catalogue;
import dev.monarch.engine.transfer.ViewReferences;
import dev.monarch.transfer.CollectionDescription;
import dev.monarch.transfer.CollectionDescription.CollectionType;

/**
 * Creates the views under trial names, to find out whether this server can create them.
 *
 * <p>At the swap it would be too late, because collections have been replaced by then.
 */
final class ViewTrial {

    private final MongoDatabase database;

    private final TargetCatalogue catalogue;

    /** The name of each view on trial by its final name. */
    private final Map<String, String> names = new HashMap<>();

    private final List<String> problems = new ArrayList<>();

    ViewTrial(MongoDatabase database) {
        this.database = database;
        this.catalogue = new TargetCatalogue(database);
    }

    /**
     * Creates all views and removes them again.
     *
     * @param prefix the prefix of the names of this run's staging collections
     * @return what the server rejects, as clauses
     */
    List<String> run(Catalogue incoming, String prefix) {
        try {
            for (CollectionDescription view : ViewGraph.inOrder(incoming)) {
                String name = prefix + "view." + names.size();
                names.put(view.name(), name);
                tryOut(view, name);
            }
            return problems;
        } finally {
            names.values().forEach(name -> database.getCollection(name).drop());
        }
    }

    private void tryOut(CollectionDescription view, String name) {
        BsonDocument command = new BsonDocument("create", new BsonString(name));
        command.putAll(ViewReferences.renamed(view.options(), below -> names.getOrDefault(below, below)));
        try {
            ServerCommand.write(database, command);
        } catch (MongoCommandException e) {
            if (TransientFailure.is(e)) {
                throw e;
            }
            problems.add("the server cannot create the view '" + view.name() + "': " + e.getErrorMessage());
            return;
        }
        boolean isView = catalogue
                .find(name)
                .filter(existing -> existing.type() == CollectionType.VIEW)
                .isPresent();
        if (!isView) {
            problems.add("the server has no views: it creates an empty collection instead of '" + view.name() + "'");
        }
    }
}
