package dev.monarch.engine.transfer;

import java.util.function.UnaryOperator;

import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;

/** Renames the collections and views that the definition of a view refers to. */
public final class ViewReferences {

    private ViewReferences() {}

    /**
     * Returns the options of a view with renamed references.
     *
     * @param options the options of a view
     * @param names maps a collection's old name to its new name
     * @return the options with the new names
     */
    public static BsonDocument renamed(BsonDocument options, UnaryOperator<String> names) {
        BsonDocument renamed = new BsonDocument();
        options.forEach((field, value) -> renamed.append(
                field,
                switch (field) {
                    case "viewOn" -> name(value, names);
                    case "pipeline" -> pipeline(value, names);
                    default -> value;
                }));
        return renamed;
    }

    private static BsonValue name(BsonValue value, UnaryOperator<String> names) {
        return value instanceof BsonString name ? new BsonString(names.apply(name.getValue())) : value;
    }

    private static BsonValue pipeline(BsonValue value, UnaryOperator<String> names) {
        return value instanceof BsonArray stages
                ? new BsonArray(stages.stream()
                        .map(stage -> stage instanceof BsonDocument document ? stage(document, names) : stage)
                        .toList())
                : value;
    }

    private static BsonValue stage(BsonDocument stage, UnaryOperator<String> names) {
        BsonDocument renamed = new BsonDocument();
        stage.forEach((operator, argument) -> renamed.append(
                operator,
                switch (operator) {
                    case "$lookup", "$graphLookup" -> joined(argument, "from", names);
                    case "$unionWith" -> argument.isString() ? name(argument, names) : joined(argument, "coll", names);
                    case "$facet" -> facets(argument, names);
                    default -> argument;
                }));
        return renamed;
    }

    private static BsonValue joined(BsonValue argument, String field, UnaryOperator<String> names) {
        if (!(argument instanceof BsonDocument document)) {
            return argument;
        }
        BsonDocument renamed = new BsonDocument();
        document.forEach((key, value) -> renamed.append(
                key, key.equals(field) ? name(value, names) : key.equals("pipeline") ? pipeline(value, names) : value));
        return renamed;
    }

    private static BsonValue facets(BsonValue argument, UnaryOperator<String> names) {
        if (!(argument instanceof BsonDocument document)) {
            return argument;
        }
        BsonDocument renamed = new BsonDocument();
        document.forEach((name, pipeline) -> renamed.append(name, pipeline(pipeline, names)));
        return renamed;
    }
}
