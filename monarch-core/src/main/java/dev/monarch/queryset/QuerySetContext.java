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
 * Takes what a {@link QuerySet} wants. For the thread that runs it.
 *
 * <p>A collection is <em>touched</em> by {@code dump}, and by {@code follow} if it is followed to. What is not touched is
 * taken whole.
 */
public interface QuerySetContext {

    /**
     * Returns the source, to look at while deciding what to take.
     *
     * @return the database; whatever would write to it throws {@link dev.monarch.OperationRefusedException}
     */
    MongoDatabase database();

    /**
     * Returns the value of a parameter.
     *
     * @param parameter one that {@link QuerySet#parameters()} declares
     * @param <T> what its values are
     * @return the value that was given, or the default
     * @throws dev.monarch.InvalidRequestException if it is not declared
     */
    <T> T value(Parameter<T> parameter);

    /**
     * Takes all of a collection.
     *
     * @param collection its name
     */
    void dump(String collection);

    /**
     * Takes the documents of a collection that a filter matches; with several filters, those that any of them matches.
     *
     * @param collection its name
     * @param filter as {@code find} takes it; an empty one for all
     */
    void dump(String collection, Bson filter);

    /**
     * Takes the documents of a collection that match, as {@link #dump(String, Bson)} does.
     *
     * <p>Field names are those in the database. Values are converted as Spring Data does without an entity: an
     * {@code _id} compared with a text of 24 hexadecimal digits is compared with that {@code ObjectId}.
     *
     * @param collection its name
     * @param criteria which documents
     */
    void dump(String collection, CriteriaDefinition criteria);

    /**
     * Takes the documents of a collection that match, as {@link #dump(String, CriteriaDefinition)} does.
     *
     * @param collection its name
     * @param query which documents, by its criteria alone
     * @throws dev.monarch.InvalidRequestException if the query has a limit, a skip, a sort, fields, a collation or
     *     restricted types
     */
    void dump(String collection, Query query);

    /**
     * Takes, besides what is taken anyway, the documents that those of another collection refer to or are referred to by.
     *
     * <p>Of each document of {@code fromCollection} that is taken, for whatever reason, the values of {@code fromField}
     * select the documents of {@code toCollection} whose {@code toField} has one of them. References may lead on, in circles
     * too. If nothing else is said of {@code toCollection}, nothing else of it is taken. Values are found and compared as
     * in a query: through nested documents and arrays, numbers whatever their type; null is followed nowhere.
     *
     * @param fromCollection where references begin; whole unless it is touched
     * @param fromField a field of it, with dots into nested documents
     * @param toCollection where they lead
     * @param toField a field of it, with an index if {@code toCollection} is large
     */
    void follow(String fromCollection, String fromField, String toCollection, String toField);

    /**
     * Takes, of the collections that are not touched, only some. Called again it adds to them.
     *
     * @param patterns names in which {@code *} stands for any characters; none to take nothing but what is touched
     */
    void only(String... patterns);

    /**
     * Leaves out some of the collections that are not touched.
     *
     * @param patterns names in which {@code *} stands for any characters
     */
    void exclude(String... patterns);

    /**
     * Masks a field of the documents of a collection that are taken.
     *
     * @param collection its name, exactly
     * @param path a field, with dots into nested documents; through arrays, to all that is in them
     * @param masker what makes another value of its values
     * @throws IllegalArgumentException if something was said of the path, or of one above or below it, before
     */
    void mask(String collection, String path, Masker masker);

    /**
     * Changes the documents of a collection that are taken, before fields of them are masked.
     *
     * @param collection its name, exactly
     * @param function makes another document, always the same of the same
     */
    void change(String collection, UnaryOperator<Document> function);

    /**
     * Says that fields may travel as they are, which {@link #failClosed} wants to know.
     *
     * @param collection its name, exactly
     * @param paths fields, with dots into nested documents
     */
    void keep(String collection, String... paths);

    /**
     * Says that all fields of a collection that are not masked may travel as they are.
     *
     * @param collection its name, exactly
     */
    void keepAll(String collection);

    /** Ends the transfer at the first field of which nobody has said whether it is masked or kept. */
    void failClosed();
}
