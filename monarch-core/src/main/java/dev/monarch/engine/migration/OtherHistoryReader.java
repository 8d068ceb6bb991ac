package dev.monarch.engine.migration;

import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;

import com.mongodb.MongoException;
import com.mongodb.ReadConcern;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

import dev.monarch.OperationRefusedException;
import dev.monarch.Reason;
import dev.monarch.engine.environment.Deployment;
import dev.monarch.engine.environment.Privileges;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.migration.HistoryImport.CustomHistory;
import dev.monarch.migration.HistoryImport.DetectedHistory;
import dev.monarch.migration.HistoryImport.HistorySource;
import dev.monarch.migration.HistoryImport.ToolHistory;

/** Reads another tool's history from the primary, with majority concern. It writes nothing. */
final class OtherHistoryReader {

    private final MonarchEnvironment environment;

    private final DetectedHistories detected;

    OtherHistoryReader(MonarchEnvironment environment) {
        this.environment = environment;
        this.detected = new DetectedHistories(environment);
    }

    /**
     * Reads a history.
     *
     * @throws OperationRefusedException if the environment's user may not read it
     */
    OtherHistory read(HistorySource source) {
        if (source instanceof ToolHistory tool) {
            return ofTool(tool);
        }
        if (source instanceof CustomHistory custom) {
            return custom(custom);
        }
        return only((DetectedHistory) source);
    }

    private OtherHistory only(DetectedHistory any) {
        List<DetectedHistories.Found> found = detected.all();
        String names = String.join(
                ", ", found.stream().map(DetectedHistories.Found::toString).toList());
        if (found.size() != 1) {
            return OtherHistory.unreadable(
                    "the history of another tool",
                    found.isEmpty()
                            ? "The database has no history of a known tool: name the collection and its fields."
                            : "The database has several histories: " + names + ". Name one of them.");
        }
        DetectedHistories.Found one = found.get(0);
        return one.tool() == null
                ? OtherHistory.unreadable(
                        one.toString(),
                        "Monarch does not know the fields of the history of " + one + ": name the collection and its"
                                + " fields.")
                : ofTool(new ToolHistory(one.tool(), one.collection(), null));
    }

    private OtherHistory ofTool(ToolHistory source) {
        HistoryFormat format = HistoryFormat.of(source.tool());
        String collection = source.collection() != null ? source.collection() : existing(format, source.database());
        String description = description(format.name(), collection, source.database());
        OtherEntries entries = new OtherEntries(format, collection);
        entries.readAll(documents(collection, source.database(), new BsonDocument()));
        List<String> problems = new ArrayList<>(entries.problems());
        holderOf(format, source.database()).forEach(problems::add);
        return new OtherHistory(
                description,
                OtherHistory.current(entries.all(), format.states().appliedCounts()),
                problems,
                format.shortened());
    }

    private OtherHistory custom(CustomHistory source) {
        HistoryFormat format = HistoryFormat.custom(source);
        OtherEntries entries = new OtherEntries(format, source.collection());
        Bson applied = source.appliedIf();
        entries.readAll(
                documents(source.collection(), source.database(), applied != null ? applied : new BsonDocument()));
        if (applied != null) {
            entries.readPending(documents(source.collection(), source.database(), Filters.nor(applied)));
        }
        return new OtherHistory(
                description("another tool", source.collection(), source.database()),
                OtherHistory.current(entries.all(), false),
                entries.problems(),
                format.shortened());
    }

    private static String description(String tool, String collection, @Nullable String database) {
        return "the history of " + tool + " in '" + (database == null ? "" : database + ".") + collection + "'";
    }

    /** Returns the name that the tool's collection has in this database; the current name if there is none. */
    private String existing(HistoryFormat format, @Nullable String database) {
        return format.place().collections().stream()
                .filter(name -> detected.isIn(database(database), name, format))
                .findFirst()
                .orElse(format.place().collections().get(0));
    }

    private List<BsonDocument> documents(String collection, @Nullable String database, Bson filter) {
        MongoCollection<BsonDocument> read =
                database(database).getCollection(collection, BsonDocument.class).withReadConcern(ReadConcern.MAJORITY);
        try {
            return read.find(filter).batchSize(1_000).into(new ArrayList<>());
        } catch (MongoException e) {
            if (e.getCode() == Privileges.UNAUTHORIZED) {
                throw new OperationRefusedException(
                        "import a history into",
                        environment.name(),
                        Reason.MISSING_PRIVILEGE,
                        "this user lacks the privilege find in '" + read.getNamespace() + "'");
            }
            throw e;
        }
    }

    private MongoDatabase database(@Nullable String name) {
        return name == null
                ? environment.ownDatabase()
                : environment.ownClient().getDatabase(name);
    }

    /** While the tool's lock is held, its history may change. */
    private Stream<String> holderOf(HistoryFormat format, @Nullable String database) {
        return format.place().locks().stream().flatMap(name -> {
            try {
                BsonDocument held = database(database)
                        .getCollection(name, BsonDocument.class)
                        .find(held(Date.from(Deployment.timeOf(environment.ownDatabase()))))
                        .first();
                return held == null ? Stream.empty() : Stream.of(held(format, name, held));
            } catch (MongoException e) {
                if (e.getCode() == Privileges.UNAUTHORIZED) {
                    return Stream.empty();
                }
                throw e;
            }
        });
    }

    /** The lock of Mongobee does not expire. That of migrate-mongo is a document that the server removes when it expires. */
    private static Bson held(Date now) {
        return Filters.or(
                Filters.and(Filters.eq("status", "LOCK_HELD"), Filters.nor(Filters.lte("expiresAt", now))),
                Filters.and(Filters.exists("status", false), Filters.exists("createdAt")));
    }

    private static String held(HistoryFormat format, String lock, BsonDocument held) {
        String owner = held.get("owner") instanceof BsonString text ? " by '" + text.getValue() + "'" : "";
        return "The lock of " + format.name() + " ('" + lock + "') is held" + owner + ": it may be migrating now. "
                + (held.containsKey("expiresAt") || held.containsKey("createdAt")
                        ? "Stop it, or wait until its lock expires."
                        : "Wait until it has ended. This lock does not expire: if no migration is running, remove the"
                                + " document from '" + lock + "'.");
    }
}
