package dev.monarch.engine.backfill;

import java.util.List;
import java.util.Optional;

import com.mongodb.client.model.Collation;
import com.mongodb.client.model.DeleteOneModel;
import com.mongodb.client.model.DeleteOptions;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.WriteModel;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

import dev.monarch.backfill.DocumentBackfill.Change;
import dev.monarch.engine.original.ChangedOriginal;
import dev.monarch.engine.original.ChangedOriginal.After;
import dev.monarch.engine.original.UnchangedDocument;

/**
 * The change of one document.
 *
 * @param before the document as it was read
 * @param change what becomes of it
 */
record PlannedChange(RawBsonDocument before, Change change) {

    private static final BsonString EMPTY = new BsonString("");

    BsonValue id() {
        return before.get("_id", BsonNull.VALUE);
    }

    /**
     * Returns the write. It has no effect if the document was changed after it was read.
     *
     * @param collation how the server compares text
     * @param pipelines whether the server has what {@link ConditionalPipeline} uses
     */
    WriteModel<BsonDocument> model(@Nullable Collation collation, boolean pipelines) {
        return (pipelines ? ConditionalPipeline.of(this) : Optional.<List<BsonDocument>>empty())
                .<WriteModel<BsonDocument>>map(
                        pipeline -> new UpdateOneModel<>(byId(), pipeline, new UpdateOptions().collation(collation)))
                .orElseGet(() -> filtered(unchanged(pipelines), collation));
    }

    private WriteModel<BsonDocument> filtered(BsonDocument unchanged, @Nullable Collation collation) {
        if (change instanceof Change.Deletion) {
            return new DeleteOneModel<>(unchanged, new DeleteOptions().collation(collation));
        }
        if (change instanceof Change.Replacement replacement) {
            return new ReplaceOneModel<>(
                    unchanged, ChangedDocument.withId(before, replacement), new ReplaceOptions().collation(collation));
        }
        Change.Update update = (Change.Update) change;
        BsonDocument operators = new BsonDocument();
        if (!update.values().isEmpty()) {
            operators.append("$set", update.values());
        }
        if (!update.removed().isEmpty()) {
            BsonDocument removed = new BsonDocument();
            update.removed().forEach(field -> removed.append(field, EMPTY));
            operators.append("$unset", removed);
        }
        return new UpdateOneModel<>(unchanged, operators, new UpdateOptions().collation(collation));
    }

    private BsonDocument unchanged(boolean exact) {
        return exact ? UnchangedDocument.exactFilter(before) : UnchangedDocument.filter(before);
    }

    /** {@return what the document is and becomes} */
    ChangedOriginal original() {
        After after = change instanceof Change.Deletion
                ? After.NOTHING
                : ChangedDocument.of(before, change).map(After::of).orElse(After.UNKNOWN);
        return new ChangedOriginal(before, after);
    }

    private BsonDocument byId() {
        return new BsonDocument("_id", id());
    }
}
