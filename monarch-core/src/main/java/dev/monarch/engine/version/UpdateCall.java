package dev.monarch.engine.version;

import java.lang.reflect.Method;
import java.util.List;

import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.UpdateManyModel;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.WriteModel;
import com.mongodb.session.ClientSession;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * A call of {@code updateOne}, {@code updateMany} or {@code findOneAndUpdate} of either driver.
 *
 * @param name the name of the method
 * @param session the caller's session, or null if the call has none
 * @param filter the filter
 * @param update the update: a document, or the list of the stages of a pipeline
 * @param options the options of the method
 */
record UpdateCall(String name, @Nullable ClientSession session, Bson filter, Object update, UpdateSettings options) {

    private static final String UPDATE_ONE = "updateOne";

    private static final String UPDATE_MANY = "updateMany";

    private static final String FIND_ONE_AND_UPDATE = "findOneAndUpdate";

    static boolean is(Method method) {
        return List.of(UPDATE_ONE, UPDATE_MANY, FIND_ONE_AND_UPDATE).contains(method.getName());
    }

    static UpdateCall of(Method method, @Nullable Object[] arguments) {
        int first = arguments[0] instanceof ClientSession ? 1 : 0;
        Object options = arguments.length > first + 2 ? arguments[first + 2] : null;
        return new UpdateCall(
                method.getName(),
                first == 1 ? (ClientSession) arguments[0] : null,
                (Bson) given(arguments[first]),
                given(arguments[first + 1]),
                options instanceof FindOneAndUpdateOptions find
                        ? UpdateSettings.of(find)
                        : UpdateSettings.of(options instanceof UpdateOptions update ? update : new UpdateOptions()));
    }

    private static Object given(@Nullable Object argument) {
        if (argument == null) {
            throw new IllegalArgumentException("An update has a filter and an update, and neither is null");
        }
        return argument;
    }

    /** Returns the update of a bulk write, or null if the model is something else. */
    @Nullable
    static UpdateCall of(WriteModel<?> model, @Nullable ClientSession session) {
        if (model instanceof UpdateOneModel<?> one) {
            return new UpdateCall(
                    UPDATE_ONE,
                    session,
                    one.getFilter(),
                    given(one.getUpdate() != null ? one.getUpdate() : one.getUpdatePipeline()),
                    UpdateSettings.of(one.getOptions()));
        }
        if (model instanceof UpdateManyModel<?> many) {
            return new UpdateCall(
                    UPDATE_MANY,
                    session,
                    many.getFilter(),
                    given(many.getUpdate() != null ? many.getUpdate() : many.getUpdatePipeline()),
                    UpdateSettings.of(many.getOptions()));
        }
        return null;
    }

    boolean isMany() {
        return name.equals(UPDATE_MANY);
    }

    boolean returnsDocument() {
        return name.equals(FIND_ONE_AND_UPDATE);
    }

    boolean returnsNew() {
        return options.returned() == ReturnDocument.AFTER;
    }

    /** {@return the same update as a call that tells what it has inserted} */
    UpdateCall withoutDocument() {
        return returnsDocument() ? new UpdateCall(UPDATE_ONE, session, filter, update, options) : this;
    }

    Class<?> updateType() {
        return update instanceof List ? List.class : Bson.class;
    }

    Class<?> optionsType() {
        return returnsDocument() ? FindOneAndUpdateOptions.class : UpdateOptions.class;
    }

    Object options(boolean upsert) {
        return returnsDocument() ? options.forDocument(upsert) : options.forUpdate(upsert);
    }
}
