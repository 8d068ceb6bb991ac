package dev.monarch.queryset;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.monarch.InvalidRequestException;
import dev.monarch.masking.MaskedField;
import dev.monarch.masking.Masking;
import dev.monarch.masking.MaskingKey;
import dev.monarch.masking.MaskingRules;
import dev.monarch.transfer.Catalogue;
import dev.monarch.transfer.Subset;
import dev.monarch.transfer.SubsetChoice;
import dev.monarch.transfer.SubsetQueries;

/** What a query set said that it wants; what that comes to is chosen when the database is read. Immutable. */
public final class QuerySetChoice implements SubsetChoice {

    private static final Logger log = LoggerFactory.getLogger(QuerySetChoice.class);

    private final QuerySetCall call;

    private final Wishes wishes;

    private final MaskingRules rules;

    private final Masking masking;

    private final ChunkLimits limits;

    private final String history;

    /**
     * @param call what was asked of whom
     * @param rules what is masked
     * @param key makes the same of the same
     * @param history the collection of the migration history
     */
    QuerySetChoice(
            QuerySetCall call, Wishes wishes, MaskingRules rules, MaskingKey key, ChunkLimits limits, String history) {
        this.call = call;
        this.wishes = wishes;
        this.rules = rules;
        this.masking = rules.under(key, "mask what is read of", call.environment());
        this.limits = limits;
        this.history = history;
    }

    /**
     * Returns the environment that the query set has looked at.
     *
     * @return its name
     */
    public String environment() {
        return call.environment();
    }

    /**
     * Returns the name of the query set.
     *
     * @return the name
     */
    public String querySet() {
        return call.querySet();
    }

    /**
     * Returns what it was run with, defaults included, secrets left out.
     *
     * @return the values by the names of the parameters, as they would be typed
     */
    public Map<String, String> parameters() {
        return call.parameters();
    }

    /**
     * Returns what is masked.
     *
     * @return by collection and path; none if nothing is
     */
    public List<MaskedField> masked() {
        return masking.maskedFields();
    }

    @Override
    public Catalogue taken(Catalogue catalogue) {
        List<String> problems = new ArrayList<>(new WishCheck(wishes, catalogue, history).problems());
        problems.addAll(rules.problems(catalogue, wishes::takes));
        if (!problems.isEmpty()) {
            throw new InvalidRequestException(
                    call.environment(),
                    call.request(),
                    problems.stream().map(call.secrets()::hiddenIn).toList());
        }
        return new Catalogue(
                catalogue.database(),
                catalogue.collections().stream()
                        .filter(collection -> wishes.takes(collection.name()))
                        .toList());
    }

    @Override
    public boolean isWhole(String collection) {
        return wishes.takesWhole(collection);
    }

    /**
     * Follows the references and keeps what they lead to in temporary files, which the result deletes when it is closed.
     *
     * @param catalogue all that the database holds
     * @param queries reads the database
     * @return the part; its filters are safe for several threads
     * @throws InvalidRequestException as {@link #taken} does
     * @throws java.io.UncheckedIOException if a temporary file cannot be written
     */
    @Override
    public Subset choose(Catalogue catalogue, SubsetQueries queries) {
        taken(catalogue);
        new WishCheck(wishes, catalogue, history)
                .withoutIndex()
                .forEach(slow -> log.warn("Query set '{}' will be slow: {}", call.querySet(), slow));
        ScratchFiles files = new ScratchFiles();
        try {
            Map<String, ValueSpool> followed = new Following(wishes, queries, limits, files).toTheEnd();
            return new ChosenPart(wishes, followed, masking::transform, limits, files);
        } catch (RuntimeException | Error e) {
            files.close();
            throw e;
        }
    }
}
