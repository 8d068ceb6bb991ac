package dev.monarch.engine.backfill;

import java.util.List;

import com.mongodb.client.model.Collation;
import com.mongodb.client.model.DeleteOneModel;
import com.mongodb.client.model.DeleteOptions;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.WriteModel;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

import dev.monarch.backfill.DocumentBackfill.Change;

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
     */
    WriteModel<BsonDocument> model(@Nullable Collation collation) {
        if (change instanceof Change.Deletion) {
            return new DeleteOneModel<>(unchanged(), new DeleteOptions().collation(collation));
        }
        if (change instanceof Change.Replacement replacement) {
            return new ReplaceOneModel<>(
                    unchanged(),
                    ChangedDocument.withId(before, replacement),
                    new ReplaceOptions().collation(collation));
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
        return new UpdateOneModel<>(unchanged(), operators, new UpdateOptions().collation(collation));
    }

    /**
     * Compares the whole document, because the change may depend on any field. {@code $cmp} treats every field as a value,
     * also one whose name begins with {@code $}, and finds NaN equal to NaN. The server would rewrite {@code $eq}.
     */
    private BsonDocument unchanged() {
        BsonDocument compared = new BsonDocument(
                "$cmp", new BsonArray(List.of(new BsonString("$$ROOT"), new BsonDocument("$literal", before))));
        return new BsonDocument("_id", new BsonDocument("$eq", id()))
                .append("$expr", new BsonDocument("$not", new BsonArray(List.of(compared))));
    }
}
