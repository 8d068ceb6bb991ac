package dev.monarch.queryset;

import java.util.function.UnaryOperator;

import com.mongodb.client.MongoDatabase;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.springframework.data.mongodb.core.query.CriteriaDefinition;
import org.springframework.data.mongodb.core.query.Query;

import dev.monarch.masking.Masker;
import dev.monarch.queryset.QuerySet.Parameter;

/**
 * Records the selection of a {@link QuerySet}. For the thread that runs it.
 *
 * <p>A collection is <em>touched</em> by {@code dump}, and by {@code follow} if it is the target. Collections that
 * are not touched are transferred completely.
 */
public interface QuerySetContext {

    /**
     * Returns the source database, to find out what to select.
     *
     * @return the database; every write operation throws {@link dev.monarch.OperationRefusedException}
     */
    MongoDatabase database();

    /**
     * Returns the value of a parameter.
     *
     * @param parameter one that {@link QuerySet#parameters()} declares
     * @param <T> the type of its values
     * @return the given value, or the default
     * @throws dev.monarch.InvalidRequestException if the parameter is not declared
     */
    <T> T value(Parameter<T> parameter);

    /**
     * Selects a whole collection.
     *
     * @param collection its name
     */
    void dump(String collection);

    /**
     * Selects the documents of a collection that match a filter. With several filters, it selects those that match at
     * least one.
     *
     * @param collection its name
     * @param filter a filter for {@code find}; an empty filter for all documents
     */
    void dump(String collection, Bson filter);

    /**
     * Selects the documents of a collection that match criteria, as {@link #dump(String, Bson)} does.
     *
     * <p>Field names are those in the database. Values are converted as Spring Data does without an entity: if an
     * {@code _id} is compared with a string of 24 hexadecimal digits, the string is converted to an {@code ObjectId}.
     *
     * @param collection its name
     * @param criteria the criteria
     */
    void dump(String collection, CriteriaDefinition criteria);

    /**
     * Selects the documents of a collection that match a query, as {@link #dump(String, CriteriaDefinition)} does.
     *
     * @param collection its name
     * @param query the query; only its criteria are used
     * @throws dev.monarch.InvalidRequestException if the query has a limit, a skip, a sort, fields, a collation or
     *     restricted types
     */
    void dump(String collection, Query query);

    /**
     * Also selects the documents that are referenced by selected documents of another collection, or refer to them.
     *
     * <p>For each selected document of {@code fromCollection}, the values of {@code fromField} select the documents
     * of {@code toCollection} whose {@code toField} has one of these values. References may be chained and may form
     * cycles. Without another rule for {@code toCollection}, only these documents of it are selected. Values are
     * compared as in a query: in nested documents and arrays, and numbers independently of their type. Null is not
     * followed.
     *
     * @param fromCollection the collection at the start of the reference; selected completely unless it is touched
     * @param fromField a field of it; dots lead into nested documents
     * @param toCollection the collection at the end of the reference
     * @param toField a field of it; index it if {@code toCollection} is large
     */
    void follow(String fromCollection, String fromField, String toCollection, String toField);

    /**
     * Selects only some of the collections that are not touched. Further calls add patterns.
     *
     * @param patterns name patterns in which {@code *} matches any characters; none to select only touched
     *     collections
     */
    void only(String... patterns);

    /**
     * Excludes some of the collections that are not touched.
     *
     * @param patterns name patterns in which {@code *} matches any characters
     */
    void exclude(String... patterns);

    /**
     * Masks a field in the selected documents of a collection.
     *
     * @param collection its exact name
     * @param path a field; dots lead into nested documents and all elements of arrays
     * @param masker the masker
     * @throws IllegalArgumentException if the path, or one above or below it, already has a rule
     */
    void mask(String collection, String path, Masker masker);

    /**
     * Changes the selected documents of a collection, before their fields are masked.
     *
     * @param collection its exact name
     * @param function changes a document; it must return the same result for the same document
     */
    void change(String collection, UnaryOperator<Document> function);

    /**
     * Keeps fields unmasked. Required in the mode of {@link #failClosed}.
     *
     * @param collection its exact name
     * @param paths fields; dots lead into nested documents
     */
    void keep(String collection, String... paths);

    /**
     * Keeps all fields of a collection that are not masked.
     *
     * @param collection its exact name
     */
    void keepAll(String collection);

    /** Makes the transfer fail at the first field without a rule. */
    void failClosed();
}
