package dev.monarch.queryset;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

import com.mongodb.client.MongoDatabase;
import org.bson.BsonDocument;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.query.CriteriaDefinition;
import org.springframework.data.mongodb.core.query.Query;

import dev.monarch.InvalidRequestException;
import dev.monarch.engine.masking.MaskingRules;
import dev.monarch.masking.Masker;
import dev.monarch.queryset.QuerySet.Parameter;

/** Records the selection of a query set while it runs. */
final class RecordedSelection implements QuerySetContext {

    private final String environment;

    private final String request;

    private final @Nullable MongoDatabase database;

    private final Filters filters;

    private final ParameterValues values;

    private final Map<String, Set<BsonDocument>> dumps = new LinkedHashMap<>();

    private final List<Reference> references = new ArrayList<>();

    private @Nullable List<String> only;

    private final List<String> exclude = new ArrayList<>();

    private MaskingRules masking = MaskingRules.NONE;

    private boolean undecided;

    /**
     * @param environment the name of the source
     * @param request the operation, as a phrase
     * @param database the read-only source; null for a backup, which no server has loaded yet
     */
    RecordedSelection(
            String environment,
            String request,
            @Nullable MongoDatabase database,
            Filters filters,
            ParameterValues values) {
        this.environment = environment;
        this.request = request;
        this.database = database;
        this.filters = filters;
        this.values = values;
    }

    SubsetRules subsetRules() {
        return new SubsetRules(
                Collections.unmodifiableMap(new LinkedHashMap<>(dumps)),
                List.copyOf(references),
                Optional.ofNullable(only).map(List::copyOf),
                List.copyOf(exclude));
    }

    @Override
    public MongoDatabase database() {
        if (database == null) {
            undecided = true;
            throw invalid("It reads the database, but the backup is not loaded yet.");
        }
        return database;
    }

    /** {@return whether it needs a database to read, which it does not have} */
    boolean isUndecided() {
        return undecided;
    }

    @Override
    public <T> T value(Parameter<T> parameter) {
        T value = values.declares(parameter.name()) ? values.of(parameter) : null;
        if (value == null) {
            throw invalid("It reads the parameter '" + parameter.name() + "', which parameters() does not declare.");
        }
        return value;
    }

    @Override
    public void dump(String collection) {
        add(collection, new BsonDocument());
    }

    @Override
    public void dump(String collection, Bson filter) {
        add(collection, filters.of(filter));
    }

    @Override
    public void dump(String collection, CriteriaDefinition criteria) {
        add(collection, filters.of(criteria.getCriteriaObject()));
    }

    @Override
    public void dump(String collection, Query query) {
        Filters.unsupportedProperty(query).ifPresent(what -> {
            throw invalid("A dump of '" + collection + "' uses only the criteria of a query, but this query has " + what
                    + ". Read the ids with database() and dump these.");
        });
        add(collection, filters.of(query.getQueryObject()));
    }

    private void add(String collection, BsonDocument filter) {
        dumps.computeIfAbsent(collection, name -> new LinkedHashSet<>()).add(filter);
    }

    @Override
    public void follow(String fromCollection, String fromField, String toCollection, String toField) {
        references.add(new Reference(fromCollection, path(fromField), toCollection, path(toField)));
    }

    private QueriedField path(String field) {
        if (field.isBlank() || field.startsWith("$")) {
            throw invalid("A reference needs a field name, but '" + field + "' is not one.");
        }
        return QueriedField.of(field);
    }

    @Override
    public void only(String... patterns) {
        List<String> all = only == null ? new ArrayList<>() : only;
        all.addAll(List.of(patterns));
        only = all;
    }

    @Override
    public void exclude(String... patterns) {
        exclude.addAll(List.of(patterns));
    }

    MaskingRules masking() {
        return masking;
    }

    @Override
    public void mask(String collection, String path, Masker masker) {
        masking = masking.mask(collection, path, masker);
    }

    @Override
    public void change(String collection, UnaryOperator<Document> function) {
        masking = masking.change(collection, function);
    }

    @Override
    public void keep(String collection, String... paths) {
        masking = masking.keep(collection, paths);
    }

    @Override
    public void keepAll(String collection) {
        masking = masking.keepAll(collection);
    }

    @Override
    public void failClosed() {
        masking = masking.failClosed();
    }

    private InvalidRequestException invalid(String problem) {
        return new InvalidRequestException(environment, request, List.of(problem));
    }
}
