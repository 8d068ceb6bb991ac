package dev.monarch.queryset;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.monarch.InvalidRequestException;
import dev.monarch.engine.masking.Masking;
import dev.monarch.engine.masking.MaskingRules;
import dev.monarch.engine.transfer.Catalogue;
import dev.monarch.engine.transfer.Subset;
import dev.monarch.engine.transfer.SubsetChoice;
import dev.monarch.engine.transfer.SubsetQueries;
import dev.monarch.masking.Masker.MaskedField;
import dev.monarch.masking.MaskingKey;
import dev.monarch.queryset.QuerySets.QuerySetChoice;

/** What a query set asked for: which documents that means is decided when the database is read. Immutable. */
final class QuerySetSubset implements QuerySetChoice, SubsetChoice {

    private static final Logger log = LoggerFactory.getLogger(QuerySetSubset.class);

    private final QuerySetCall call;

    private final SubsetRules subsetRules;

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
    QuerySetSubset(
            QuerySetCall call,
            SubsetRules subsetRules,
            MaskingRules rules,
            MaskingKey key,
            ChunkLimits limits,
            String history) {
        this.call = call;
        this.subsetRules = subsetRules;
        this.rules = rules;
        this.masking = rules.under(key, "mask what is read of", call.environment());
        this.limits = limits;
        this.history = history;
    }

    @Override
    public String environment() {
        return call.environment();
    }

    @Override
    public String querySet() {
        return call.querySet();
    }

    @Override
    public Map<String, String> parameters() {
        return call.parameters();
    }

    @Override
    public List<MaskedField> masked() {
        return masking.maskedFields();
    }

    @Override
    public Catalogue taken(Catalogue catalogue) {
        List<String> problems = new ArrayList<>(new SelectionCheck(subsetRules, catalogue, history).problems());
        problems.addAll(rules.problems(catalogue, subsetRules::takes));
        if (!problems.isEmpty()) {
            throw new InvalidRequestException(
                    call.environment(),
                    call.request(),
                    problems.stream().map(call.secrets()::hiddenIn).toList());
        }
        return new Catalogue(
                catalogue.database(),
                catalogue.collections().stream()
                        .filter(collection -> subsetRules.takes(collection.name()))
                        .toList());
    }

    @Override
    public boolean isWhole(String collection) {
        return subsetRules.takesWhole(collection);
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
        new SelectionCheck(subsetRules, catalogue, history)
                .withoutIndex()
                .forEach(slow -> log.warn("Query set '{}' will be slow: {}", call.querySet(), slow));
        ScratchFiles files = new ScratchFiles();
        try {
            Map<String, ValueSpool> followed = new ReferenceWalk(subsetRules, queries, limits, files).toTheEnd();
            return new SelectedSubset(subsetRules, followed, masking::transform, limits, files);
        } catch (RuntimeException | Error e) {
            files.close();
            throw e;
        }
    }
}
