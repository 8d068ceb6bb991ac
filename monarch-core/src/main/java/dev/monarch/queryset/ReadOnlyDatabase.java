package dev.monarch.queryset;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.codecs.configuration.CodecRegistry;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

import dev.monarch.OperationRefusedException;
import dev.monarch.Reason;

/**
 * A proxy of a database or collection that allows only read operations.
 *
 * <p>It has a list of allowed methods, so that new write methods of later drivers are refused as well.
 */
final class ReadOnlyDatabase implements InvocationHandler {

    static final Set<String> READING = Set.of(
            "aggregate",
            "countDocuments",
            "distinct",
            "equals",
            "estimatedDocumentCount",
            "find",
            "hashCode",
            "listCollectionNames",
            "listCollections",
            "listIndexes",
            "listSearchIndexes",
            "runCommand",
            "toString",
            "watch");

    private static final Set<String> READING_COMMANDS = Set.of(
            "aggregate",
            "buildInfo",
            "buildinfo",
            "collStats",
            "collstats",
            "connectionStatus",
            "count",
            "dataSize",
            "dbStats",
            "dbstats",
            "distinct",
            "find",
            "getMore",
            "hello",
            "isMaster",
            "ismaster",
            "killCursors",
            "listCollections",
            "listIndexes",
            "ping");

    private static final Set<String> WRITING_STAGES = Set.of("$merge", "$out");

    private final Object delegate;

    private final CodecRegistry codecs;

    private final String environment;

    private ReadOnlyDatabase(Object delegate, CodecRegistry codecs, String environment) {
        this.delegate = delegate;
        this.codecs = codecs;
        this.environment = environment;
    }

    static MongoDatabase of(MongoDatabase database, String environment) {
        return wrapped(MongoDatabase.class, database, database.getCodecRegistry(), environment);
    }

    private static <T> T wrapped(Class<T> type, T delegate, CodecRegistry codecs, String environment) {
        InvocationHandler handler = new ReadOnlyDatabase(delegate, codecs, environment);
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        requireReading(method.getName(), arguments == null ? new Object[0] : arguments);
        return stillReadOnly(call(method, arguments));
    }

    private void requireReading(String method, Object[] arguments) {
        if (!READING.contains(method) && !method.startsWith("get") && !method.startsWith("with")) {
            throw refused(method);
        }
        for (Object argument : arguments) {
            if (method.equals("runCommand") && argument instanceof Bson command) {
                requireReadingCommand(rendered(command));
            }
            if (method.equals("aggregate") && argument instanceof List<?> pipeline) {
                pipeline.forEach(stage -> requireReadingStage(rendered((Bson) stage)));
            }
        }
    }

    private void requireReadingCommand(BsonDocument command) {
        String name = command.isEmpty() ? "" : command.getFirstKey();
        if (!READING_COMMANDS.contains(name)) {
            throw refused("runCommand(" + name + ")");
        }
        BsonValue pipeline = command.get("pipeline");
        if (pipeline != null && pipeline.isArray()) {
            pipeline.asArray().forEach(stage -> requireReadingStage(stage.asDocument()));
        }
    }

    private void requireReadingStage(BsonDocument stage) {
        for (String writing : WRITING_STAGES) {
            if (stage.containsKey(writing)) {
                throw refused("aggregate with " + writing);
            }
        }
    }

    private BsonDocument rendered(Bson bson) {
        return bson.toBsonDocument(BsonDocument.class, codecs);
    }

    private OperationRefusedException refused(String what) {
        String on = delegate instanceof MongoCollection<?> collection
                ? "'" + collection.getNamespace().getCollectionName() + "' of"
                : "the database of";
        return new OperationRefusedException(
                "call " + what + " on " + on,
                environment,
                Reason.QUERY_SET_WRITES,
                "a query set may only read its source");
    }

    private @Nullable Object call(Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(delegate, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    private @Nullable Object stillReadOnly(@Nullable Object result) {
        if (result instanceof MongoDatabase database) {
            return wrapped(MongoDatabase.class, database, codecs, environment);
        }
        if (result instanceof MongoCollection<?> collection) {
            return wrapped(MongoCollection.class, collection, codecs, environment);
        }
        return result;
    }
}
