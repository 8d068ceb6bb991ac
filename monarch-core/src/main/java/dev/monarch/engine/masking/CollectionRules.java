package dev.monarch.engine.masking;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

import org.bson.Document;
import org.jspecify.annotations.Nullable;

import dev.monarch.masking.Masker;

/**
 * What becomes of the documents of one collection.
 *
 * @param fields what becomes of single fields; no two of them overlap
 * @param function what is done to whole documents before
 * @param restKept whether fields that are not named stay as they are
 */
record CollectionRules(
        Map<FieldPath, FieldRule> fields, @Nullable UnaryOperator<Document> function, boolean restKept) {

    static final CollectionRules NONE = new CollectionRules(Map.of(), null, false);

    /** What becomes of a field. */
    sealed interface FieldRule {

        record Keep() implements FieldRule {}

        record Mask(Masker masker) implements FieldRule {}
    }

    CollectionRules {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    CollectionRules with(String collection, FieldPath path, FieldRule rule) {
        Optional<FieldPath> overlapping =
                fields.keySet().stream().filter(other -> other.overlaps(path)).findFirst();
        overlapping.ifPresent(other -> {
            throw new IllegalArgumentException("'" + path + "' of '" + collection
                    + "' cannot be told what becomes of it, for '" + other + "' has been; say it of one of them only.");
        });
        Map<FieldPath, FieldRule> more = new LinkedHashMap<>(fields);
        more.put(path, rule);
        return new CollectionRules(more, function, restKept);
    }

    CollectionRules with(String collection, UnaryOperator<Document> newFunction) {
        if (function != null) {
            throw new IllegalArgumentException(
                    "There is a function for the documents of '" + collection + "' already; make one of both.");
        }
        return new CollectionRules(fields, newFunction, restKept);
    }

    CollectionRules keepingTheRest() {
        return new CollectionRules(fields, function, true);
    }

    /** Tells whether documents may come out other than they went in. */
    boolean isMasking() {
        return function != null || fields.values().stream().anyMatch(FieldRule.Mask.class::isInstance);
    }
}
