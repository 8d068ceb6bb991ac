package dev.monarch.engine.version;

import java.util.List;
import java.util.concurrent.TimeUnit;

import com.mongodb.client.model.Collation;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.UpdateOptions;
import org.bson.BsonValue;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * The options of an update. Those of the driver are mutable and may be shared, so they are copied.
 *
 * @param upsert whether it inserts a document if none matches
 * @param sort which document is updated first
 * @param choice how documents are chosen and compared
 * @param arrayFilters which elements of arrays are updated
 * @param bypass whether it ignores the validator of the collection
 * @param projection the returned fields
 * @param returned the returned document; null if none is returned
 * @param maxMillis the longest time in milliseconds; 0 for no limit
 */
record UpdateSettings(
        boolean upsert,
        @Nullable Bson sort,
        Choice choice,
        @Nullable List<? extends Bson> arrayFilters,
        @Nullable Boolean bypass,
        @Nullable Bson projection,
        @Nullable ReturnDocument returned,
        long maxMillis) {

    /** How the server chooses documents. */
    record Choice(
            @Nullable Collation collation,
            @Nullable Bson hint,
            @Nullable String hintString,
            @Nullable BsonValue comment,
            @Nullable Bson let) {}

    static UpdateSettings of(UpdateOptions options) {
        return new UpdateSettings(
                options.isUpsert(),
                options.getSort(),
                new Choice(
                        options.getCollation(),
                        options.getHint(),
                        options.getHintString(),
                        options.getComment(),
                        options.getLet()),
                options.getArrayFilters(),
                options.getBypassDocumentValidation(),
                null,
                null,
                0);
    }

    static UpdateSettings of(FindOneAndUpdateOptions options) {
        return new UpdateSettings(
                options.isUpsert(),
                options.getSort(),
                new Choice(
                        options.getCollation(),
                        options.getHint(),
                        options.getHintString(),
                        options.getComment(),
                        options.getLet()),
                options.getArrayFilters(),
                options.getBypassDocumentValidation(),
                options.getProjection(),
                options.getReturnDocument(),
                options.getMaxTime(TimeUnit.MILLISECONDS));
    }

    /** Returns them without a sort order: only one document matches. */
    UpdateOptions forUpdate(boolean upserts) {
        return new UpdateOptions()
                .upsert(upserts)
                .collation(choice.collation())
                .hint(choice.hint())
                .hintString(choice.hintString())
                .comment(choice.comment())
                .let(choice.let())
                .arrayFilters(arrayFilters)
                .bypassDocumentValidation(bypass);
    }

    /** Returns them without a sort order: only one document matches. */
    FindOneAndUpdateOptions forDocument(boolean upserts) {
        return new FindOneAndUpdateOptions()
                .upsert(upserts)
                .collation(choice.collation())
                .hint(choice.hint())
                .hintString(choice.hintString())
                .comment(choice.comment())
                .let(choice.let())
                .arrayFilters(arrayFilters)
                .bypassDocumentValidation(bypass)
                .projection(projection)
                .returnDocument(returned == null ? ReturnDocument.BEFORE : returned)
                .maxTime(maxMillis, TimeUnit.MILLISECONDS);
    }
}
