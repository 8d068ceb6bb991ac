package dev.monarch.queryset;

import java.util.List;

import com.mongodb.MongoInterruptedException;
import com.mongodb.client.MongoDatabase;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.mongodb.core.convert.MongoConverter;

import dev.monarch.MonarchException;
import dev.monarch.TransferFailedException;
import dev.monarch.engine.masking.MaskingRules;
import dev.monarch.engine.server.OperationFailure;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.masking.Masker.MaskingKey;
import dev.monarch.queryset.QuerySets.QuerySetChoice;

/**
 * Runs one query set to record its selection.
 *
 * @param querySet the query set
 * @param values the values of its parameters, which are valid
 * @param environment the environment that it runs on, or for
 * @param operation the operation, as a phrase
 * @param tools what all query sets of the application share
 */
record QuerySetRun(
        QuerySet querySet, ParameterValues values, MonarchEnvironment environment, String operation, QueryTools tools) {

    private static final Logger log = LoggerFactory.getLogger(QuerySetRun.class);

    /**
     * What all query sets of an application share.
     *
     * @param converter the application's converter for values in criteria; null for Spring Data's default
     * @param maskingKey the masking key; null for a random key in each run
     * @param history the migration history collection
     * @param limits the size of the queries
     */
    record QueryTools(
            @Nullable MongoConverter converter, @Nullable MaskingKey maskingKey, String history, ChunkLimits limits) {}

    /** Runs the query set on the database of the environment. */
    QuerySetChoice on(MongoDatabase database) {
        log.info("Running query set '{}' on environment '{}'", querySet.name(), environment.name());
        return record(ReadOnlyDatabase.of(database, environment.name()));
    }

    /** Runs the query set for the environment, without a database that it could read. */
    QuerySetChoice withoutDatabase() {
        return record(null);
    }

    private QuerySetChoice record(@Nullable MongoDatabase readable) {
        RecordedSelection recorded = new RecordedSelection(
                environment.name(),
                operation,
                readable,
                new Filters(tools.converter(), environment.database().getCodecRegistry()),
                values);
        try {
            run(recorded);
        } catch (MonarchException e) {
            if (!recorded.isUndecided()) {
                throw e;
            }
        }
        QuerySetCall call =
                new QuerySetCall(environment.name(), operation, querySet.name(), values.visible(), values.secrets());
        return recorded.isUndecided()
                ? new UndecidedSubset(call)
                : new QuerySetSubset(
                        call,
                        recorded.subsetRules(),
                        recorded.masking(),
                        key(recorded.masking()),
                        tools.limits(),
                        tools.history());
    }

    private void run(QuerySetContext context) {
        String running = "run the query set '" + querySet.name() + "' on";
        try {
            querySet.run(context);
        } catch (MongoInterruptedException e) {
            throw OperationFailure.of(running, environment.name(), e);
        } catch (RuntimeException e) {
            Throwable redacted = values.secrets().redact(e);
            if (redacted instanceof MonarchException ours) {
                throw ours;
            }
            throw new TransferFailedException(
                    running, environment.name(), String.valueOf(redacted), List.of(), redacted);
        }
    }

    private MaskingKey key(MaskingRules rules) {
        MaskingKey configured = tools.maskingKey();
        if (configured != null) {
            return configured;
        }
        if (!rules.maskedFields().isEmpty()) {
            log.info(
                    "There is no masking key: query set '{}' will use different masked values in each run",
                    querySet.name());
        }
        return MaskingKey.random();
    }
}
