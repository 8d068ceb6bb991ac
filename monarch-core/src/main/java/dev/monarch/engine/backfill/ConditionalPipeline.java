package dev.monarch.engine.backfill;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;

import dev.monarch.backfill.DocumentBackfill.Change;
import dev.monarch.engine.original.UnchangedDocument;

/**
 * A change as an update pipeline that leaves a document as it is if someone else has changed it (MongoDB manual, "Updates
 * with Aggregation Pipeline").
 *
 * <p>The filter of such a write has only the {@code _id}, so the server finds the document without planning a query. That takes
 * half as long.
 */
final class ConditionalPipeline {

    private static final BsonString ROOT = new BsonString("$$ROOT");

    private ConditionalPipeline() {}

    /** Returns the pipeline, or nothing if the rules of pipelines for the fields are not those of updates. */
    static Optional<List<BsonDocument>> of(PlannedChange planned) {
        if (planned.change() instanceof Change.Replacement replacement) {
            return Optional.of(replacing(
                    planned.before(),
                    planned.before(),
                    literal(ChangedDocument.withId(planned.before(), replacement))));
        }
        if (planned.change() instanceof Change.Update update
                && update.values().keySet().stream().allMatch(ConditionalPipeline::isPlain)
                && update.removed().stream().allMatch(ConditionalPipeline::isPlain)) {
            BsonValue changed = op("$mergeObjects", ROOT, literal(update.values()));
            for (String field : update.removed()) {
                changed = new BsonDocument(
                        "$unsetField",
                        new BsonDocument("field", literal(new BsonString(field))).append("input", changed));
            }
            return Optional.of(replacing(planned.before(), written(planned.before(), update), changed));
        }
        return Optional.empty();
    }

    /** A path with dots means something else in a pipeline if it leads through an array. */
    private static boolean isPlain(String field) {
        return field.indexOf('.') < 0;
    }

    /** Returns the fields that an update writes, with the values before. The others keep what someone else has made of them. */
    private static BsonDocument written(BsonDocument before, Change.Update update) {
        BsonDocument written = new BsonDocument();
        Stream.concat(update.values().keySet().stream(), update.removed().stream())
                .filter(before::containsKey)
                .forEach(field -> written.append(field, before.get(field)));
        return written;
    }

    private static List<BsonDocument> replacing(BsonDocument before, BsonDocument written, BsonValue changed) {
        return List.of(new BsonDocument(
                "$replaceWith", op("$cond", UnchangedDocument.difference(before, written), ROOT, changed)));
    }

    private static BsonDocument literal(BsonValue value) {
        return new BsonDocument("$literal", value);
    }

    private static BsonDocument op(String operator, BsonValue... operands) {
        return new BsonDocument(operator, new BsonArray(Arrays.asList(operands)));
    }
}
