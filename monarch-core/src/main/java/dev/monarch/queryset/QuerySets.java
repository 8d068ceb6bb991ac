package dev.monarch.queryset;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import com.mongodb.ReadPreference;
import com.mongodb.client.MongoDatabase;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.convert.MongoConverter;
import org.springframework.util.ClassUtils;

import dev.monarch.InvalidRequestException;
import dev.monarch.TransferFailedException;
import dev.monarch.engine.environment.NearestNames;
import dev.monarch.engine.transfer.OwnCollections;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.masking.Masker.MaskedField;
import dev.monarch.masking.Masker.MaskingKey;
import dev.monarch.queryset.QuerySetRun.QueryTools;

/** Finds and runs the query sets of an application by name. Thread-safe. */
public final class QuerySets {

    private final List<QuerySet> querySets;

    private final QueryTools tools;

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
        this.tools = new QueryTools(converter, maskingKey, history, limits);
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
        MongoDatabase database = source.database().withReadPreference(readPreference);
        return run(request, source).on(database);
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
        return run(request, target).withoutDatabase();
    }

    private QuerySetRun run(QuerySetRequest request, MonarchEnvironment environment) {
        String operation = operation(request.querySet());
        QuerySet querySet = find(request.querySet(), environment.name());
        return new QuerySetRun(
                querySet, validValues(querySet, request, environment.name()), environment, operation, tools);
    }

    private static String operation(String querySet) {
        return "run the query set '" + querySet + "'";
    }

    private static ParameterValues validValues(QuerySet querySet, QuerySetRequest request, String environment) {
        ParameterValues values = new ParameterValues(querySet.parameters(), request.parameters());
        List<String> problems = values.problems();
        if (!problems.isEmpty()) {
            throw new InvalidRequestException(environment, operation(request.querySet()), problems);
        }
        return values;
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
        List<QuerySet> found = querySets.stream()
                .filter(querySet -> querySet.name().equals(name))
                .toList();
        if (found.size() == 1) {
            return found.get(0);
        }
        throw new InvalidRequestException(
                environment, operation(name), List.of(found.isEmpty() ? unknown(name) : ambiguous(name, found)));
    }

    /**
     * Validates a request without running the query set.
     *
     * @param request the query set and the values of its parameters
     * @param environment the name of the environment, for the message
     * @throws InvalidRequestException if there is no such query set, or its parameters are invalid
     */
    public void check(QuerySetRequest request, String environment) {
        validValues(find(request.querySet(), environment), request, environment);
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

    /**
     * The result of running a query set. Its documents are selected when the database is read. Immutable.
     *
     * @see QuerySets#run
     */
    public sealed interface QuerySetChoice permits CalledSubset {

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
