package dev.monarch.spring.boot.actuate;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

import com.mongodb.MongoException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;

import dev.monarch.MonarchException;
import dev.monarch.UnknownBackupException;
import dev.monarch.UnknownBackupStoreException;
import dev.monarch.UnknownEnvironmentException;
import dev.monarch.engine.Scrubbed;
import dev.monarch.spring.boot.actuate.ActuatorProperties.HttpOperation;
import dev.monarch.spring.boot.actuate.BackfillControl.BackfillRequest;
import dev.monarch.spring.boot.actuate.EndpointBody.Problem;
import dev.monarch.spring.boot.actuate.RequestedWork.OperationRequest;
import dev.monarch.spring.boot.advice.Advice;

/**
 * Shows environments, migrations, locks, backups, schedules and running operations over HTTP, and starts and changes the
 * operations that the application allows.
 *
 * <p>By default, it only reads. An operation needs unrestricted access to this endpoint and {@code monarch.actuator.operations}.
 * It can neither restore nor copy nor drop.
 */
@WebEndpoint(id = "monarch", defaultAccess = Access.READ_ONLY)
public final class MonarchEndpoint {

    private static final int ACCEPTED = 202;

    private static final int FORBIDDEN = 403;

    private static final int CONFLICT = 409;

    private final EndpointParts parts;

    private final RequestedOperations requested;

    MonarchEndpoint(EndpointParts parts, RequestedOperations requested) {
        this.parts = parts;
        this.requested = requested;
    }

    /**
     * Returns the environments and the state of the application's own.
     *
     * @return a {@link EndpointBody.Summary}
     */
    @ReadOperation
    public WebEndpointResponse<EndpointBody> summary() {
        return answer(() -> found(parts.summary()));
    }

    /**
     * Returns a part of the state.
     *
     * @param part {@code migrations}, {@code backfills}, {@code lock}, {@code backups}, {@code schedules} or
     *     {@code operations}
     * @return the part; a {@link Problem} if it cannot be read; nothing if there is no such part
     */
    @ReadOperation
    public WebEndpointResponse<EndpointBody> part(@Selector String part) {
        return answer(() -> found(
                switch (part) {
                    case "migrations" -> parts.migrations(null);
                    case "backfills" -> parts.backfills(null);
                    case "lock" -> parts.lock(null);
                    case "backups" -> parts.backups(null);
                    case "schedules" -> parts.schedules();
                    case "operations" -> parts.operations();
                    default -> null;
                }));
    }

    /**
     * Returns a part of the state of another environment, or of a store.
     *
     * @param part {@code migrations}, {@code backfills}, {@code lock} or {@code backups}
     * @param name the name of the environment or store
     * @return the part; a {@link Problem} if there is no such name, or if it cannot be read; nothing if there is no such part
     */
    @ReadOperation
    public WebEndpointResponse<EndpointBody> namedPart(@Selector String part, @Selector String name) {
        return answer(() -> found(
                switch (part) {
                    case "migrations" -> parts.migrations(name);
                    case "backfills" -> parts.backfills(name);
                    case "lock" -> parts.lock(name);
                    case "backups" -> parts.backups(name);
                    default -> null;
                }));
    }

    /**
     * Starts an operation and does not wait for its end.
     *
     * @param operation {@code migrate}, {@code backup} or {@code verify}
     * @param environment the environment to migrate or back up; null for the application's own
     * @param store the store for the backup, or of the backup to verify; null for the default one
     * @param backup the backup to verify
     * @return what was started; a {@link Problem} if it was not
     */
    @WriteOperation
    public WebEndpointResponse<EndpointBody> start(
            @Selector String operation, @Nullable String environment, @Nullable String store, @Nullable String backup) {
        Optional<HttpOperation> known = Arrays.stream(HttpOperation.values())
                .filter(value -> value.isStart() && value.word().equals(operation))
                .findFirst();
        return known.isEmpty()
                ? found(null)
                : answer(() -> start(new OperationRequest(known.get(), environment, store, backup)));
    }

    private WebEndpointResponse<EndpointBody> start(OperationRequest request) {
        String word = request.operation().word();
        if (!requested.allows(request.operation())) {
            return forbidden(request.operation());
        }
        if (request.operation() == HttpOperation.VERIFY && request.backup() == null) {
            return new WebEndpointResponse<>(
                    new Problem("'verify' needs the name of a backup.", "Send it as 'backup'."),
                    WebEndpointResponse.STATUS_BAD_REQUEST);
        }
        return requested.start(request)
                ? new WebEndpointResponse<>(
                        new EndpointBody.Started(word, request.environment(), request.store(), request.backup()),
                        ACCEPTED)
                : new WebEndpointResponse<>(
                        new Problem("The same request is still running.", "Look at its progress below 'operations'."),
                        CONFLICT);
    }

    /**
     * Changes a running operation of this process, or a backfill of any process.
     *
     * @param part {@code operations} or {@code backfills}
     * @param id the id of the operation or backfill
     * @param pace the new pace of an operation: {@code full}, {@code gentle}, or a maximum rate such as {@code 20MB}
     * @param action what to do with a backfill: {@code pause}, {@code resume} or {@code rate}
     * @param environment the environment of the backfill; null for the application's own
     * @param dutyCycle the share of time in which the backfill works, above 0 and at most 1; null for that of the properties
     * @param maxDocuments how many documents the backfill changes in a second, from 1; null for that of the properties
     * @return the new pace, or the state of the backfill; a {@link Problem} if nothing was changed
     */
    @WriteOperation
    public WebEndpointResponse<EndpointBody> change(
            @Selector String part,
            @Selector String id,
            @Nullable String pace,
            @Nullable String action,
            @Nullable String environment,
            @Nullable Double dutyCycle,
            @Nullable Long maxDocuments) {
        return switch (part) {
            case "operations" ->
                requested.allows(HttpOperation.PACE)
                        ? answer(() -> new PaceChange(id, pace).response())
                        : forbidden(HttpOperation.PACE);
            case "backfills" -> control(id, new BackfillRequest(action, dutyCycle, maxDocuments), environment);
            default -> found(null);
        };
    }

    private WebEndpointResponse<EndpointBody> control(
            String id, BackfillRequest request, @Nullable String environment) {
        Optional<HttpOperation> known = request.operation();
        if (known.isEmpty()) {
            return new WebEndpointResponse<>(
                    new Problem(
                            "The request does not say what to do.", "Send 'pause', 'resume' or 'rate' as 'action'."),
                    WebEndpointResponse.STATUS_BAD_REQUEST);
        }
        return requested.allows(known.get())
                ? answer(() -> BackfillControl.response(known.get(), request, id, parts.backfillsOf(environment)))
                : forbidden(known.get());
    }

    private static WebEndpointResponse<EndpointBody> forbidden(HttpOperation operation) {
        return new WebEndpointResponse<>(
                new Problem(
                        "This application does not allow '" + operation.word() + "' over HTTP.",
                        "Add it to monarch.actuator.operations."),
                FORBIDDEN);
    }

    private static WebEndpointResponse<EndpointBody> found(@Nullable EndpointBody body) {
        return body != null
                ? new WebEndpointResponse<>(body)
                : new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND);
    }

    private static WebEndpointResponse<EndpointBody> answer(Supplier<WebEndpointResponse<EndpointBody>> response) {
        try {
            return response.get();
        } catch (UnknownEnvironmentException | UnknownBackupStoreException | UnknownBackupException e) {
            return new WebEndpointResponse<>(problem(e), WebEndpointResponse.STATUS_NOT_FOUND);
        } catch (MonarchException e) {
            return new WebEndpointResponse<>(problem(e), WebEndpointResponse.STATUS_SERVICE_UNAVAILABLE);
        } catch (MongoException e) {
            return new WebEndpointResponse<>(
                    new Problem(Scrubbed.firstLine(e), null), WebEndpointResponse.STATUS_SERVICE_UNAVAILABLE);
        }
    }

    private static Problem problem(MonarchException failure) {
        Advice advice = Advice.of(failure);
        return new Problem(
                Scrubbed.text(advice.sentence()),
                advice.nextStep().isEmpty() ? null : Scrubbed.text(advice.nextStep()));
    }
}
