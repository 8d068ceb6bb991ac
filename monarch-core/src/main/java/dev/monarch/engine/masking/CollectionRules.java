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
 * The masking rules of one collection.
 *
 * @param fields the rules of single fields; no two of them overlap
 * @param function applied to whole documents before fields are masked; null for none
 * @param restKept whether fields without a rule are kept
 */
record CollectionRules(
        Map<FieldPath, FieldRule> fields, @Nullable UnaryOperator<Document> function, boolean restKept) {

    static final CollectionRules NONE = new CollectionRules(Map.of(), null, false);

    /** The rule of a field: mask it or keep it. */
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
            throw new IllegalArgumentException("'" + path + "' of '" + collection + "' overlaps '" + other
                    + "', which already has a rule; remove one of the rules.");
        });
        Map<FieldPath, FieldRule> more = new LinkedHashMap<>(fields);
        more.put(path, rule);
        return new CollectionRules(more, function, restKept);
    }

    CollectionRules with(String collection, UnaryOperator<Document> newFunction) {
        if (function != null) {
            throw new IllegalArgumentException(
                    "The collection '" + collection + "' already has a function; combine both into one.");
        }
        return new CollectionRules(fields, newFunction, restKept);
    }

    CollectionRules withRestKept() {
        return new CollectionRules(fields, function, true);
    }

    /** {@return whether these rules can change documents} */
    boolean isMasking() {
        return function != null || fields.values().stream().anyMatch(FieldRule.Mask.class::isInstance);
    }
}
