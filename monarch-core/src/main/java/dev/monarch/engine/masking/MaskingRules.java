package dev.monarch.engine.masking;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import org.bson.Document;

import dev.monarch.engine.masking.CollectionRules.FieldRule;
import dev.monarch.engine.transfer.Catalogue;
import dev.monarch.masking.Masker;
import dev.monarch.masking.Masker.MaskedField;
import dev.monarch.masking.Masker.MaskingKey;

/**
 * Says which fields are masked, and how. Immutable: each method returns new rules.
 *
 * <p>A path names a field, with dots into nested documents: {@code address.street}. It applies to all elements of
 * arrays, including nested arrays. A field whose own name contains dots matches a path as if it were nested. If a
 * path ends at a document or an array, everything inside is masked or kept. If a path leads into a value that is not
 * a document (a string where {@code address} was expected), the transfer fails.
 *
 * <p>Collection names are exact. Field names are never masked.
 */
public final class MaskingRules {

    /** Masks nothing. */
    public static final MaskingRules NONE = new MaskingRules(Map.of(), false);

    private final Map<String, CollectionRules> collections;

    private final boolean failClosed;

    private MaskingRules(Map<String, CollectionRules> collections, boolean failClosed) {
        this.collections = collections;
        this.failClosed = failClosed;
    }

    /**
     * Masks a field.
     *
     * @param collection the exact name of the collection
     * @param path the path of the field
     * @param masker the masker
     * @return the extended rules
     * @throws IllegalArgumentException if the path is invalid, or overlaps another path of the collection
     */
    public MaskingRules mask(String collection, String path, Masker masker) {
        return with(collection, rules(collection).with(collection, FieldPath.of(path), new FieldRule.Mask(masker)));
    }

    /**
     * Applies a function to whole documents, before their fields are masked.
     *
     * <p>The function is called from several threads. It may change and return its argument, and must return the same
     * result for the same document. If it throws or returns null, the transfer fails; the message of its exception is
     * withheld. UUIDs have the standard representation. In the fail-closed mode, the fields of the result must be
     * masked or kept like any other.
     *
     * @param collection the exact name of the collection
     * @param function changes a document
     * @return the extended rules
     * @throws IllegalArgumentException if the collection already has a function
     */
    public MaskingRules change(String collection, UnaryOperator<Document> function) {
        return with(collection, rules(collection).with(collection, function));
    }

    /**
     * Keeps fields unmasked. This has an effect only in the {@linkplain #failClosed() fail-closed} mode.
     *
     * @param collection the exact name of the collection
     * @param paths the paths of the fields
     * @return the extended rules
     * @throws IllegalArgumentException if a path is invalid, or overlaps another path of the collection
     */
    public MaskingRules keep(String collection, String... paths) {
        CollectionRules rules = rules(collection);
        for (String path : paths) {
            rules = rules.with(collection, FieldPath.of(path), new FieldRule.Keep());
        }
        return with(collection, rules);
    }

    /**
     * Keeps all fields of a collection that are not masked.
     *
     * @param collection the exact name of the collection
     * @return the extended rules
     */
    public MaskingRules keepAll(String collection) {
        return with(collection, rules(collection).withRestKept());
    }

    /**
     * Makes the transfer fail at the first field without a rule.
     *
     * <p>This applies to all transferred collections, including the migration history. An {@code _id} needs no rule
     * if it is an ObjectId or a UUID; other ids may be personal data.
     *
     * @return these rules in that mode
     */
    public MaskingRules failClosed() {
        return new MaskingRules(collections, true);
    }

    /**
     * Tells whether fields without a rule make the transfer fail.
     *
     * @return true in that mode
     */
    public boolean isFailClosed() {
        return failClosed;
    }

    /**
     * Returns the masked fields.
     *
     * @return the fields, sorted by collection and path
     */
    public List<MaskedField> maskedFields() {
        List<MaskedField> masked = new ArrayList<>();
        collections.forEach((collection, rules) -> {
            if (rules.function() != null) {
                masked.add(new MaskedField(collection, "", "function"));
            }
            rules.fields().forEach((path, rule) -> {
                if (rule instanceof FieldRule.Mask mask) {
                    masked.add(new MaskedField(
                            collection, path.toString(), mask.masker().description()));
                }
            });
        });
        masked.sort(Comparator.comparing(MaskedField::collection).thenComparing(MaskedField::path));
        return List.copyOf(masked);
    }

    /**
     * Checks these rules against a database before anything is read.
     *
     * @param source the whole catalogue of the database
     * @param transferred whether a collection is transferred, by its name
     * @return the problems as sentences; none if the rules fit
     */
    public List<String> problems(Catalogue source, Predicate<String> transferred) {
        return new RulesCheck(this, source, transferred).problems();
    }

    /**
     * Binds these rules to a key, for one transfer.
     *
     * @param key the key
     * @param operation the operation, as a phrase before the name of an environment: {@code copy}
     * @param environment the name of the environment
     * @return the masking
     */
    public Masking under(MaskingKey key, String operation, String environment) {
        return new Masking(this, key, operation, environment);
    }

    /** {@return the rules of a collection} */
    CollectionRules rules(String collection) {
        return collections.getOrDefault(collection, CollectionRules.NONE);
    }

    /** {@return the names of the collections with rules} */
    Iterable<String> named() {
        return collections.keySet();
    }

    private MaskingRules with(String collection, CollectionRules rules) {
        Map<String, CollectionRules> more = new LinkedHashMap<>(collections);
        more.put(collection, rules);
        return new MaskingRules(more, failClosed);
    }
}
