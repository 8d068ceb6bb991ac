package dev.monarch.queryset;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import com.mongodb.MongoInterruptedException;
import com.mongodb.ReadPreference;
import com.mongodb.client.MongoDatabase;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.mongodb.core.convert.MongoConverter;
import org.springframework.util.ClassUtils;

import dev.monarch.InvalidRequestException;
import dev.monarch.MonarchException;
import dev.monarch.TransferFailedException;
import dev.monarch.engine.environment.NearestNames;
import dev.monarch.engine.masking.MaskingRules;
import dev.monarch.engine.server.OperationFailure;
import dev.monarch.engine.transfer.OwnCollections;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.masking.Masker.MaskedField;
import dev.monarch.masking.Masker.MaskingKey;

/** Finds and runs the query sets of an application by name. Thread-safe. */
public final class QuerySets {

    private static final Logger log = LoggerFactory.getLogger(QuerySets.class);

    private final List<QuerySet> querySets;

    private final @Nullable MongoConverter converter;

    private final @Nullable MaskingKey maskingKey;

    private final ChunkLimits limits;

    private final String history;

    /**
     * Creates a registry of query sets.
     *
     * @param querySets the query sets
     * @param converter the application's converter for values in criteria; null for Spring Data's default
     * @param maskingKey the masking key; null for a random key in each run
     */
    public QuerySets(
            Collection<? extends QuerySet> querySets,
            @Nullable MongoConverter converter,
            @Nullable MaskingKey maskingKey) {
        this(querySets, converter, maskingKey, OwnCollections.HISTORY);
    }

    /**
     * Creates a registry of query sets for an application with a custom name of its migration history.
     *
     * @param querySets the query sets
     * @param converter the application's converter for values in criteria; null for Spring Data's default
     * @param maskingKey the masking key; null for a random key in each run
     * @param history the migration history collection; a query set may name it even if it does not exist
     */
    public QuerySets(
            Collection<? extends QuerySet> querySets,
            @Nullable MongoConverter converter,
            @Nullable MaskingKey maskingKey,
            String history) {
        this(querySets, converter, maskingKey, history, ChunkLimits.DEFAULT);
    }

    QuerySets(
            Collection<? extends QuerySet> querySets,
            @Nullable MongoConverter converter,
            @Nullable MaskingKey maskingKey,
            String history,
            ChunkLimits limits) {
        this.querySets = querySets.stream()
                .<QuerySet>map(querySet -> querySet)
                .sorted(Comparator.comparing(QuerySet::name))
                .toList();
        this.converter = converter;
        this.maskingKey = maskingKey;
        this.history = history;
        this.limits = limits;
    }

    /**
     * Returns all query sets.
     *
     * @return the query sets, sorted by name
     */
    public List<QuerySet> all() {
        return querySets;
    }

    /**
     * Runs a query set to record its selection. No data is transferred yet.
     *
     * @param request the query set and the values of its parameters
     * @param source the source environment
     * @param readPreference the read preference of the query set's own reads
     * @return the recorded selection
     * @throws InvalidRequestException if there is no such query set, or its parameters are invalid; all problems are
     *     reported together
     * @throws dev.monarch.OperationRefusedException if the query set tries to write
     * @throws TransferFailedException if the query set throws another exception
     * @throws dev.monarch.OperationInterruptedException if the thread was interrupted
     */
    public QuerySetChoice run(QuerySetRequest request, MonarchEnvironment source, ReadPreference readPreference) {
        return choose(request, source, source.database().withReadPreference(readPreference));
    }

    /**
     * Runs a query set for a backup that no server has loaded yet. If it reads the database, its selection is unknown.
     *
     * @param request the query set and the values of its parameters
     * @param target the environment that the backup is restored into
     * @return the recorded selection; every collection if it reads the database
     * @throws InvalidRequestException if there is no such query set, or its parameters are invalid; all problems are
     *     reported together
     * @throws TransferFailedException if the query set throws another exception
     * @throws dev.monarch.OperationInterruptedException if the thread was interrupted
     */
    public QuerySetChoice runForBackup(QuerySetRequest request, MonarchEnvironment target) {
        return choose(request, target, null);
    }

    /** Without a database to read, the query set is not run on its environment, but for it. */
    private QuerySetChoice choose(
            QuerySetRequest request, MonarchEnvironment environment, @Nullable MongoDatabase readable) {
        String operation = "run the query set '" + request.querySet() + "'";
        QuerySet querySet = find(request.querySet(), environment.name(), operation);
        ParameterValues values = new ParameterValues(querySet.parameters(), request.parameters());
        refuseIfAny(values.problems(), environment.name(), operation);
        if (readable != null) {
            log.info("Running query set '{}' on environment '{}'", querySet.name(), environment.name());
        }
        RecordedSelection recorded = new RecordedSelection(
                environment.name(),
                operation,
                readable == null ? null : ReadOnlyDatabase.of(readable, environment.name()),
                new Filters(converter, environment.database().getCodecRegistry()),
                values);
        QuerySetCall call =
                new QuerySetCall(environment.name(), operation, querySet.name(), values.visible(), values.secrets());
        try {
            run(querySet, recorded, environment.name(), values);
        } catch (MonarchException e) {
            if (!recorded.isUndecided()) {
                throw e;
            }
        }
        if (recorded.isUndecided()) {
            return new UndecidedSubset(call);
        }
        return new QuerySetSubset(
                call, recorded.subsetRules(), recorded.masking(), key(querySet, recorded.masking()), limits, history);
    }

    private MaskingKey key(QuerySet querySet, MaskingRules rules) {
        if (maskingKey != null) {
            return maskingKey;
        }
        if (!rules.maskedFields().isEmpty()) {
            log.info(
                    "There is no masking key: query set '{}' will use different masked values in each run",
                    querySet.name());
        }
        return MaskingKey.random();
    }

    /**
     * Finds a query set.
     *
     * @param name its name
     * @param environment the name of the environment, for the message
     * @return the query set
     * @throws InvalidRequestException if there is no query set of that name, or more than one
     */
    public QuerySet find(String name, String environment) {
        return find(name, environment, "run the query set '" + name + "'");
    }

    /**
     * Validates a request without running the query set.
     *
     * @param request the query set and the values of its parameters
     * @param environment the name of the environment, for the message
     * @throws InvalidRequestException if there is no such query set, or its parameters are invalid
     */
    public void check(QuerySetRequest request, String environment) {
        QuerySet querySet = find(request.querySet(), environment);
        refuseIfAny(
                new ParameterValues(querySet.parameters(), request.parameters()).problems(),
                environment,
                "run the query set '" + request.querySet() + "'");
    }

    private QuerySet find(String name, String environment, String operation) {
        List<QuerySet> found = querySets.stream()
                .filter(querySet -> querySet.name().equals(name))
                .toList();
        if (found.size() == 1) {
            return found.get(0);
        }
        throw new InvalidRequestException(
                environment, operation, List.of(found.isEmpty() ? unknown(name) : ambiguous(name, found)));
    }

    private String unknown(String name) {
        List<String> names = querySets.stream().map(QuerySet::name).distinct().toList();
        String available = names.isEmpty()
                ? " The application has none. A query set is a bean that implements QuerySet."
                : " There are: " + String.join(", ", names) + ".";
        return "There is no query set '" + name + "'." + NearestNames.question(name, names) + available;
    }

    private static String ambiguous(String name, List<QuerySet> found) {
        String classes = found.stream()
                .map(querySet -> ClassUtils.getUserClass(querySet).getName())
                .collect(Collectors.joining(", "));
        return "'" + name + "' is the name of " + classes + ". Override name() in all but one of them.";
    }

    private static void refuseIfAny(List<String> problems, String environment, String operation) {
        if (!problems.isEmpty()) {
            throw new InvalidRequestException(environment, operation, problems);
        }
    }

    private static void run(QuerySet querySet, QuerySetContext context, String environment, ParameterValues values) {
        try {
            querySet.run(context);
        } catch (MongoInterruptedException e) {
            throw OperationFailure.of("run the query set '" + querySet.name() + "' on", environment, e);
        } catch (RuntimeException e) {
            Throwable redacted = values.secrets().redact(e);
            if (redacted instanceof MonarchException ours) {
                throw ours;
            }
            throw new TransferFailedException(
                    "run the query set '" + querySet.name() + "' on",
                    environment,
                    String.valueOf(redacted),
                    List.of(),
                    redacted);
        }
    }

    /**
     * The result of running a query set. Its documents are selected when the database is read. Immutable.
     *
     * @see QuerySets#run
     */
    public sealed interface QuerySetChoice permits QuerySetSubset, UndecidedSubset {

        /** {@return the name of the source environment} */
        String environment();

        /** {@return the name of the query set} */
        String querySet();

        /**
         * Returns its parameters, including defaults and without secrets.
         *
         * @return the values as strings, by parameter name
         */
        Map<String, String> parameters();

        /** {@return the masked fields; empty if nothing is masked} */
        List<MaskedField> masked();
    }
}
