package dev.monarch.engine.version;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.session.ClientSession;
import org.bson.Document;
import org.bson.codecs.configuration.CodecRegistry;
import org.jspecify.annotations.Nullable;

/**
 * A collection of the driver. Whole documents that are found are of the newest version. Documents that are inserted, or that
 * replace others, are written as the newest version. Documents that are updated become documents of the newest version, too.
 * Everything else sees what is stored: counts, aggregations, distinct values, change streams, and the conditions of queries.
 */
final class VersionedCollection extends DriverProxy {

    private static final Set<String> SECOND_IS_WRITTEN = Set.of("replaceOne", "findOneAndReplace");

    private final Object stored;

    private final Class<?> api;

    private final CollectionVersions versions;

    private final DriverAnswers answers;

    private VersionedCollection(Class<?> api, Object stored, CollectionVersions versions, DriverAnswers answers) {
        this.api = api;
        this.stored = stored;
        this.versions = versions;
        this.answers = answers;
    }

    static Object of(Class<?> api, Object collection, CollectionVersions versions, DriverAnswers answers) {
        return new VersionedCollection(api, collection, versions, answers).in(api);
    }

    @Override
    @Nullable
    Object call(Object proxy, Method method, @Nullable Object[] arguments) throws Throwable {
        String name = method.getName();
        prepare(method, arguments, startsWithSession(method) ? 1 : 0);
        if (UpdateCall.is(method)) {
            return update(proxy, method, arguments);
        }
        if (name.equals("bulkWrite")) {
            return bulkWrite(proxy, method, arguments);
        }
        if (name.startsWith("find")) {
            return find(method, arguments);
        }
        Object result = invoke(stored, method, arguments);
        return method.getReturnType() == api && result != null ? withSettings(method, result) : result;
    }

    /** With another class, the documents are no longer those that have versions. */
    private Object withSettings(Method method, Object result) {
        return method.getName().equals("withDocumentClass") ? result : of(api, result, versions, answers);
    }

    private @Nullable Object find(Method method, @Nullable Object[] arguments) throws Throwable {
        if (!PlainProjection.readsWholeDocuments(arguments, !versions.isContracted())) {
            return invoke(stored, method, arguments);
        }
        if (!method.getName().equals("find")) {
            return invoke(newest(), method, arguments);
        }
        Class<?> type = method.getReturnType();
        return new VersionedFind(answer(newest(), method, arguments), answer(stored, method, arguments), type, versions)
                .in(type);
    }

    private @Nullable Object update(Object proxy, Method method, @Nullable Object[] arguments) throws Throwable {
        boolean newest = method.getName().startsWith("find")
                && PlainProjection.readsWholeDocuments(arguments, !versions.isContracted());
        Object target = newest ? newest() : stored;
        return updates(proxy)
                .update(
                        UpdateCall.of(method, arguments),
                        target,
                        () -> DriverMethods.invoke(target, method, arguments));
    }

    private @Nullable Object bulkWrite(Object proxy, Method method, @Nullable Object[] arguments) throws Throwable {
        int first = startsWithSession(method) ? 1 : 0;
        List<?> models = (List<?>) Objects.requireNonNull(arguments[first]);
        if (!VersionedBulk.hasUpdates(models)) {
            return invoke(stored, method, arguments);
        }
        BulkWriteOptions options =
                arguments.length > first + 1 && arguments[first + 1] instanceof BulkWriteOptions given
                        ? given
                        : new BulkWriteOptions();
        return updates(proxy).bulkWrite(models, options, first == 1 ? (ClientSession) arguments[0] : null);
    }

    private VersionedUpdates updates(Object proxy) {
        return new VersionedUpdates(api, stored, proxy, versions, answers);
    }

    private Object newest() throws Throwable {
        CodecRegistry codecs = (CodecRegistry) answer(stored, api.getMethod("getCodecRegistry"));
        return answer(
                stored,
                api.getMethod("withCodecRegistry", CodecRegistry.class),
                NewestVersionCodec.in(codecs, versions));
    }

    private void prepare(Method method, @Nullable Object[] arguments, int first) {
        String name = method.getName();
        if (name.equals("insertOne")) {
            prepare(arguments[first]);
        } else if (name.equals("insertMany") || name.equals("bulkWrite")) {
            ((List<?>) arguments[first]).forEach(this::prepare);
        } else if (SECOND_IS_WRITTEN.contains(name)) {
            prepare(arguments[first + 1]);
        } else if (UpdateCall.is(method)) {
            VersionedUpsert.prepare(arguments, first, versions);
        }
    }

    private void prepare(@Nullable Object written) {
        if (written instanceof InsertOneModel<?> insert) {
            prepare(insert.getDocument());
        } else if (written instanceof ReplaceOneModel<?> replacement) {
            prepare(replacement.getReplacement());
        } else if (written instanceof Document document) {
            versions.prepare(document);
        } else {
            VersionedUpsert.prepare(written, versions);
        }
    }

    private static boolean startsWithSession(Method method) {
        return method.getParameterCount() > 0
                && method.getParameterTypes()[0].getSimpleName().equals("ClientSession");
    }

    private static Object answer(Object target, Method method, @Nullable Object... arguments) throws Throwable {
        Object answer = invoke(target, method, arguments);
        if (answer == null) {
            throw new IllegalStateException("The driver returned nothing for " + method);
        }
        return answer;
    }

    @Override
    Object target() {
        return stored;
    }
}
