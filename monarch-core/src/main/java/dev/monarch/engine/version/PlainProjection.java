package dev.monarch.engine.version;

import java.util.function.Consumer;

import com.mongodb.MongoClientSettings;
import com.mongodb.client.model.FindOneAndDeleteOptions;
import com.mongodb.client.model.FindOneAndReplaceOptions;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import org.bson.BsonDocument;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** A projection that only includes or excludes fields. Reading more fields than that changes no field. */
final class PlainProjection {

    private PlainProjection() {}

    static boolean is(Bson projection) {
        return projection
                .toBsonDocument(BsonDocument.class, MongoClientSettings.getDefaultCodecRegistry())
                .entrySet()
                .stream()
                .allMatch(field -> !field.getKey().contains("$")
                        && (field.getValue().isNumber() || field.getValue().isBoolean()));
    }

    /**
     * Tells whether a method that finds and changes a document returns it whole. A plain projection is removed from its
     * options.
     *
     * @param arguments the arguments; the options are the last one
     * @param removable whether a plain projection may be removed
     * @return false if the options have a projection that stays
     */
    static boolean readsWholeDocuments(@Nullable Object[] arguments, boolean removable) {
        Object options = arguments.length == 0 ? null : arguments[arguments.length - 1];
        if (options instanceof FindOneAndUpdateOptions update) {
            return readsWhole(update.getProjection(), removable, update::projection);
        }
        if (options instanceof FindOneAndReplaceOptions replace) {
            return readsWhole(replace.getProjection(), removable, replace::projection);
        }
        if (options instanceof FindOneAndDeleteOptions delete) {
            return readsWhole(delete.getProjection(), removable, delete::projection);
        }
        return true;
    }

    private static boolean readsWhole(
            @Nullable Bson projection, boolean removable, Consumer<@Nullable Bson> projectionOfOptions) {
        if (projection == null) {
            return true;
        }
        boolean removed = removable && is(projection);
        if (removed) {
            projectionOfOptions.accept(null);
        }
        return removed;
    }
}
