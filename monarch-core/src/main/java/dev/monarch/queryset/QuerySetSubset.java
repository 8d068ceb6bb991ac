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
import dev.monarch.engine.transfer.SubsetQueries;
import dev.monarch.masking.Masker.MaskedField;
import dev.monarch.masking.Masker.MaskingKey;

/** The result of running a query set. Its documents are selected when the database is read. Immutable. */
final class QuerySetSubset extends CalledSubset {

    private static final Logger log = LoggerFactory.getLogger(QuerySetSubset.class);

    private final SubsetRules subsetRules;

    private final MaskingRules rules;

    private final Masking masking;

    private final ChunkLimits limits;

    private final String history;

    /**
     * @param call the request and the source
     * @param rules the masking rules
     * @param key the masking key
     * @param history the migration history collection
     */
    QuerySetSubset(
            QuerySetCall call,
            SubsetRules subsetRules,
            MaskingRules rules,
            MaskingKey key,
            ChunkLimits limits,
            String history) {
        super(call);
        this.subsetRules = subsetRules;
        this.rules = rules;
        this.masking = rules.under(key, "mask the data of", call.environment());
        this.limits = limits;
        this.history = history;
    }

    @Override
    public List<MaskedField> masked() {
        return masking.maskedFields();
    }

    @Override
    public Catalogue selected(Catalogue catalogue) {
        List<String> problems = new ArrayList<>(new SelectionCheck(subsetRules, catalogue, history).problems());
        problems.addAll(rules.problems(catalogue, subsetRules::selects));
        if (!problems.isEmpty()) {
            throw new InvalidRequestException(
                    environment(),
                    call().request(),
                    problems.stream().map(call().secrets()::redact).toList());
        }
        return new Catalogue(
                catalogue.database(),
                catalogue.collections().stream()
                        .filter(collection -> subsetRules.selects(collection.name()))
                        .toList());
    }

    @Override
    public boolean isWhole(String collection) {
        return subsetRules.selectsWhole(collection);
    }

    /**
     * Follows the references and stores the found ids in temporary files. The result deletes them when it is closed.
     *
     * @param catalogue the whole catalogue of the database
     * @param queries reads the database
     * @return the subset; its filters are thread-safe
     * @throws InvalidRequestException as {@link #selected} does
     * @throws java.io.UncheckedIOException if a temporary file cannot be written
     */
    @Override
    public Subset select(Catalogue catalogue, SubsetQueries queries) {
        selected(catalogue);
        new SelectionCheck(subsetRules, catalogue, history)
                .withoutIndex()
                .forEach(slow -> log.warn("Query set '{}' will be slow: {}", querySet(), slow));
        ScratchFiles files = new ScratchFiles();
        try {
            Map<String, ValueSpool> followed = new ReferenceWalk(subsetRules, queries, limits, files).run();
            return new SelectedSubset(subsetRules, followed, masking::transform, limits, files);
        } catch (RuntimeException | Error e) {
            files.close();
            throw e;
        }
    }
}
