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
import dev.monarch.masking.MaskingKey;

/**
 * What is masked, and by what. Immutable: each method returns other rules.
 *
 * <p>A path names a field, with dots into documents: {@code address.street}. It leads through arrays, and arrays of arrays,
 * to all that is in them. A field whose own name has dots is meant by a path as if it were nested. If a path ends at a
 * document or an array, everything within is masked, or kept. Where a path leads into something that is no document (a
 * text where {@code address} was to be), the transfer ends rather than letting it pass.
 *
 * <p>Collections are named exactly. Names of fields are never masked.
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
     * @param collection the collection's name, exactly
     * @param path the path of the field
     * @param masker what makes other values of its values
     * @return these rules and this one
     * @throws IllegalArgumentException if it is no path, or overlaps another one of the collection
     */
    public MaskingRules mask(String collection, String path, Masker masker) {
        return with(collection, rules(collection).with(collection, FieldPath.of(path), new FieldRule.Mask(masker)));
    }

    /**
     * Applies a function to whole documents, before fields are masked in what it returns.
     *
     * <p>It is called from several threads with documents of its own, which it may change and return. It has to make the
     * same of the same document. If it throws, or returns null, the transfer ends; the message of what it throws is
     * withheld. UUIDs come and go in the standard representation. In the fail-closed mode, fields of what it returns need to
     * be masked or kept like any other.
     *
     * @param collection the collection's name, exactly
     * @param function makes another document
     * @return these rules and this one
     * @throws IllegalArgumentException if the collection has a function already
     */
    public MaskingRules change(String collection, UnaryOperator<Document> function) {
        return with(collection, rules(collection).with(collection, function));
    }

    /**
     * Says of fields that they need no masking. Means something in the {@linkplain #failClosed() fail-closed} mode only.
     *
     * @param collection the collection's name, exactly
     * @param paths the paths of the fields
     * @return these rules and these
     * @throws IllegalArgumentException if one is no path, or overlaps another one of the collection
     */
    public MaskingRules keep(String collection, String... paths) {
        CollectionRules rules = rules(collection);
        for (String path : paths) {
            rules = rules.with(collection, FieldPath.of(path), new FieldRule.Keep());
        }
        return with(collection, rules);
    }

    /**
     * Says of all fields of a collection, but those that are masked, that they need no masking.
     *
     * @param collection the collection's name, exactly
     * @return these rules and this one
     */
    public MaskingRules keepAll(String collection) {
        return with(collection, rules(collection).keepingTheRest());
    }

    /**
     * Lets nothing pass of which nobody has said that it is to be masked or kept: the first such field ends the transfer.
     *
     * <p>That is so for all collections that travel, the migration history among them. Of an {@code _id} nothing needs to be
     * said if it is an ObjectId or a UUID; others may well be somebody's name.
     *
     * @return these rules in that mode
     */
    public MaskingRules failClosed() {
        return new MaskingRules(collections, true);
    }

    /**
     * Tells whether these rules let nothing pass that nobody has classified.
     *
     * @return true in that mode
     */
    public boolean isFailClosed() {
        return failClosed;
    }

    /**
     * Returns what is masked.
     *
     * @return by collection and path
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
     * Looks for what cannot work with a database, so that it is known before anything is read.
     *
     * @param source what the database holds, all of it
     * @param travels tells by its name whether a collection is taken
     * @return sentences; none if nothing is wrong
     */
    public List<String> problems(Catalogue source, Predicate<String> travels) {
        return new RulesCheck(this, source, travels).problems();
    }

    /**
     * Binds these rules to a key, for one transfer.
     *
     * @param key the key
     * @param operation what is done, in words that fit before the name of an environment: {@code copy}
     * @param environment the name of the environment it is done to
     * @return what masks
     */
    public Masking under(MaskingKey key, String operation, String environment) {
        return new Masking(this, key, operation, environment);
    }

    /** Returns what was said of a collection. */
    CollectionRules rules(String collection) {
        return collections.getOrDefault(collection, CollectionRules.NONE);
    }

    /** Returns the names of the collections of which something was said. */
    Iterable<String> named() {
        return collections.keySet();
    }

    private MaskingRules with(String collection, CollectionRules rules) {
        Map<String, CollectionRules> more = new LinkedHashMap<>(collections);
        more.put(collection, rules);
        return new MaskingRules(more, failClosed);
    }
}
