package dev.monarch.engine.transfer;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import org.bson.Document;
import org.bson.conversions.Bson;

import dev.monarch.engine.environment.Deployment;
import dev.monarch.engine.environment.ProcessName;
import dev.monarch.environment.EnvironmentRegistry.Operation;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.transfer.Pace;

/**
 * The requests of other processes to change the pace of operations that use an environment, in the collection {@code
 * monarch.pace} of its database.
 *
 * <p>There is one document for each operation, so the last request counts. The process that asks removes it after a few
 * seconds. If it crashes before that, the document stays without effect: the id of an operation is never used again, and an
 * operation ignores requests for {@link #ALL} that are older than itself. The next request removes it. Thread-safe.
 */
public final class PaceRequests {

    /** Addresses each running operation that uses the environment. */
    public static final String ALL = "all";

    private static final Duration ABANDONED = Duration.ofDays(1);

    private final MongoDatabase database;

    private final MongoCollection<Document> collection;

    /**
     * Opens the requests of an environment. Writes nothing.
     *
     * @param environment the environment
     */
    public PaceRequests(MonarchEnvironment environment) {
        this.database = environment.ownDatabase();
        this.collection = database.getCollection(OwnCollections.PACE);
    }

    /**
     * An operation that has changed its pace.
     *
     * @param operation its id
     * @param description what it is: {@code backup of 'production'}
     * @param process the process that runs it
     * @param pace its new pace, in words
     */
    public record Confirmation(String operation, String description, String process, String pace) {

        private Document toDocument() {
            return new Document("operation", operation)
                    .append("description", description)
                    .append("process", process)
                    .append("pace", pace);
        }

        private static Confirmation of(Document document) {
            return new Confirmation(
                    document.getString("operation"),
                    document.getString("description"),
                    document.getString("process"),
                    document.getString("pace"));
        }
    }

    /**
     * Asks an operation to change its pace. A request of another process for the same operation is replaced.
     *
     * @param operation the id of the operation, or {@link #ALL}
     * @param pace the mode and the maximum rate
     * @return the token of the request
     */
    public UUID send(String operation, Pace pace) {
        PaceRequest request = new PaceRequest(operation, UUID.randomUUID(), pace, ProcessName.get(), null);
        removeAbandoned(operation);
        collection.updateOne(
                Filters.eq(PaceRequest.ID, operation),
                Updates.combine(
                        new Document("$set", request.toDocument().append(PaceRequest.CONFIRMED, List.of())),
                        Updates.currentDate(PaceRequest.AT)),
                new UpdateOptions().upsert(true));
        return request.token();
    }

    private void removeAbandoned(String operation) {
        Instant oldest = Deployment.timeOf(database).minus(ABANDONED);
        collection.deleteMany(
                Filters.and(Filters.ne(PaceRequest.ID, operation), Filters.lt(PaceRequest.AT, Date.from(oldest))));
    }

    /**
     * Returns the operations that have changed their pace.
     *
     * @param operation the id of the operation, or {@link #ALL}
     * @param token the token of the request
     * @return the operations; empty if another process has replaced the request
     */
    public Optional<List<Confirmation>> confirmations(String operation, UUID token) {
        return Optional.ofNullable(collection.find(request(operation, token)).first())
                .map(document -> document.getList(PaceRequest.CONFIRMED, Document.class).stream()
                        .map(Confirmation::of)
                        .toList());
    }

    /**
     * Removes a request, unless another process has replaced it.
     *
     * @param operation the id of the operation, or {@link #ALL}
     * @param token the token of the request
     */
    public void withdraw(String operation, UUID token) {
        collection.deleteOne(request(operation, token));
    }

    /** {@return the requests for an operation, the oldest first} */
    List<PaceRequest> forOperation(UUID operation) {
        return collection
                .find(Filters.in(PaceRequest.ID, operation.toString(), ALL))
                .sort(new Document(PaceRequest.AT, 1))
                .into(new ArrayList<>())
                .stream()
                .map(PaceRequest::of)
                .flatMap(Optional::stream)
                .toList();
    }

    /** Tells the process that asked that an operation has changed its pace. */
    void confirm(PaceRequest request, Operation operation, String description, Pace pace) {
        Confirmation confirmation =
                new Confirmation(operation.id().toString(), description, ProcessName.get(), pace.toString());
        collection.updateOne(
                request(request.operation(), request.token()),
                Updates.push(PaceRequest.CONFIRMED, confirmation.toDocument()));
    }

    /** {@return the server's time} */
    Instant serverTime() {
        return Deployment.timeOf(database);
    }

    private static Bson request(String operation, UUID token) {
        return Filters.and(Filters.eq(PaceRequest.ID, operation), Filters.eq(PaceRequest.TOKEN, token.toString()));
    }
}
