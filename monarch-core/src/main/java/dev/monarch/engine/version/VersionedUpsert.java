package dev.monarch.engine.version;

import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.UpdateManyModel;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * Gives documents that an update inserts their version. An update that is not a {@link Document}, such as a pipeline, is not
 * changed.
 */
final class VersionedUpsert {

    private static final String SET_ON_INSERT = "$setOnInsert";

    private VersionedUpsert() {}

    /** Changes the update among the arguments of a method of the driver, if it may insert. */
    static void prepare(@Nullable Object[] arguments, int first, CollectionVersions versions) {
        Object options = arguments[arguments.length - 1];
        boolean upsert = options instanceof UpdateOptions update && update.isUpsert()
                || options instanceof FindOneAndUpdateOptions find && find.isUpsert();
        if (upsert && arguments[first + 1] instanceof Document update) {
            setVersion(update, versions);
        }
    }

    /** Changes the update of a bulk write, if it may insert. */
    static void prepare(@Nullable Object model, CollectionVersions versions) {
        Bson update = null;
        if (model instanceof UpdateOneModel<?> one && one.getOptions().isUpsert()) {
            update = one.getUpdate();
        } else if (model instanceof UpdateManyModel<?> many && many.getOptions().isUpsert()) {
            update = many.getUpdate();
        }
        if (update instanceof Document document) {
            setVersion(document, versions);
        }
    }

    private static void setVersion(Document update, CollectionVersions versions) {
        Document inserted = new Document();
        if (update.get(SET_ON_INSERT) instanceof Document given) {
            inserted.putAll(given);
        }
        inserted.putAll(versions.insertedFields());
        update.put(SET_ON_INSERT, inserted);
    }
}
