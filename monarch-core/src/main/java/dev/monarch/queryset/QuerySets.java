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
import dev.monarch.engine.transfer.OwnCollections;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.masking.Masker.MaskedField;
import dev.monarch.masking.MaskingKey;

/** The query sets of an application, to be found and run by their names. Safe for use by several threads. */
public final class QuerySets {

    private static final Logger log = LoggerFactory.getLogger(QuerySets.class);

    private final List<QuerySet> querySets;

    private final @Nullable MongoConverter converter;

    private final @Nullable MaskingKey maskingKey;

    private final ChunkLimits limits;

    private final String history;

    /**
     * Collects query sets.
     *
     * @param querySets the query sets
     * @param converter the application's own converter, for values in criteria; null for Spring Data's default
     * @param maskingKey what masked values depend on; null for another one in each run
     */
    public QuerySets(
            Collection<? extends QuerySet> querySets,
            @Nullable MongoConverter converter,
            @Nullable MaskingKey maskingKey) {
        this(querySets, converter, maskingKey, OwnCollections.HISTORY);
    }

    /**
     * Collects query sets of an application whose migration history has a name of its own.
     *
     * @param querySets the query sets
     * @param converter the application's own converter, for values in criteria; null for Spring Data's default
     * @param maskingKey what masked values depend on; null for another one in each run
     * @param history the collection of the migration history, which need not be there to be named
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
     * Returns them all.
     *
     * @return the query sets in the order of their names
     */
    public List<QuerySet> all() {
        return querySets;
    }

    /**
     * Runs a query set: it looks at the source and says what it wants. Nothing is taken yet.
     *
     * @param request which one, and the values of its parameters
     * @param source whose database it is about
     * @param readPreference which member its own reads ask
     * @return what it wants
     * @throws InvalidRequestException if there is no such query set, or its parameters are not what it declares; all that
     *     is wrong is named at once
     * @throws dev.monarch.OperationRefusedException if it tries to write
     * @throws TransferFailedException if it throws anything else
     */
    public QuerySetChoice run(QuerySetRequest request, MonarchEnvironment source, ReadPreference readPreference) {
        String asked = "run the query set '" + request.querySet() + "'";
        QuerySet querySet = find(request.querySet(), source.name(), asked);
        ParameterValues values = new ParameterValues(querySet.parameters(), request.parameters());
        refuseIfAny(values.problems(), source.name(), asked);
        log.info("Query set '{}' looks at environment '{}'", querySet.name(), source.name());
        MongoDatabase database = source.database().withReadPreference(readPreference);
        RecordedSelection recorded = new RecordedSelection(
                source.name(),
                asked,
                ReadOnlyDatabase.of(database, source.name()),
                new Filters(converter, database.getCodecRegistry()),
                values);
        run(querySet, recorded, source.name(), values);
        return new QuerySetSubset(
                new QuerySetCall(source.name(), asked, querySet.name(), values.open(), values.secrets()),
                recorded.subsetRules(),
                recorded.masking(),
                key(querySet, recorded.masking()),
                limits,
                history);
    }

    private MaskingKey key(QuerySet querySet, MaskingRules rules) {
        if (maskingKey != null) {
            return maskingKey;
        }
        if (!rules.maskedFields().isEmpty()) {
            log.info(
                    "There is no masking key: what query set '{}' masks becomes something else in the next run",
                    querySet.name());
        }
        return MaskingKey.random();
    }

    /**
     * Finds a query set.
     *
     * @param name its name
     * @param environment the environment it is meant for, for the message
     * @return the query set
     * @throws InvalidRequestException if there is none of that name, or more than one
     */
    public QuerySet find(String name, String environment) {
        return find(name, environment, "run the query set '" + name + "'");
    }

    /**
     * Checks a request before it is needed.
     *
     * @param request which query set, and the values of its parameters
     * @param environment the environment it is meant for, for the message
     * @throws InvalidRequestException if there is no such query set, or its parameters are not what it declares
     */
    public void check(QuerySetRequest request, String environment) {
        QuerySet querySet = find(request.querySet(), environment);
        refuseIfAny(
                new ParameterValues(querySet.parameters(), request.parameters()).problems(),
                environment,
                "run the query set '" + request.querySet() + "'");
    }

    private QuerySet find(String name, String environment, String asked) {
        List<QuerySet> found = querySets.stream()
                .filter(querySet -> querySet.name().equals(name))
                .toList();
        if (found.size() == 1) {
            return found.get(0);
        }
        throw new InvalidRequestException(
                environment, asked, List.of(found.isEmpty() ? unknown(name) : ambiguous(name, found)));
    }

    private String unknown(String name) {
        List<String> names = querySets.stream().map(QuerySet::name).distinct().toList();
        String there = names.isEmpty()
                ? " There is none at all: a query set is a bean that implements QuerySet."
                : " There are: " + String.join(", ", names) + ".";
        return "There is no query set '" + name + "'." + NearestNames.question(name, names) + there;
    }

    private static String ambiguous(String name, List<QuerySet> found) {
        String classes = found.stream()
                .map(querySet -> ClassUtils.getUserClass(querySet).getName())
                .collect(Collectors.joining(", "));
        return "'" + name + "' is the name of " + classes + ". Override name() in all but one of them.";
    }

    private static void refuseIfAny(List<String> problems, String environment, String asked) {
        if (!problems.isEmpty()) {
            throw new InvalidRequestException(environment, asked, problems);
        }
    }

    private static void run(QuerySet querySet, QuerySetContext context, String environment, ParameterValues values) {
        try {
            querySet.run(context);
        } catch (MongoInterruptedException e) {
            throw e;
        } catch (RuntimeException e) {
            Throwable told = values.secrets().hiddenIn(e);
            if (told instanceof MonarchException ours) {
                throw ours;
            }
            throw new TransferFailedException(
                    "run the query set '" + querySet.name() + "' on",
                    environment,
                    String.valueOf(told),
                    List.of(),
                    told);
        }
    }

    /**
     * What a query set asked for when it ran; which documents that means is decided when the database is read. Immutable.
     *
     * @see QuerySets#run
     */
    public sealed interface QuerySetChoice permits QuerySetSubset {

        /**
         * Returns the environment that the query set has looked at.
         *
         * @return its name
         */
        String environment();

        /**
         * Returns the name of the query set.
         *
         * @return the name
         */
        String querySet();

        /**
         * Returns what it was run with, defaults included, secrets left out.
         *
         * @return the values by the names of the parameters, as they would be typed
         */
        Map<String, String> parameters();

        /**
         * Returns what is masked.
         *
         * @return by collection and path; none if nothing is
         */
        List<MaskedField> masked();
    }
}
