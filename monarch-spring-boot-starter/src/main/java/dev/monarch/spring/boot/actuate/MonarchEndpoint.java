package dev.monarch.spring.boot.actuate;

import java.util.List;
import java.util.function.Supplier;

import com.mongodb.MongoException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;

import dev.monarch.MonarchException;
import dev.monarch.UnknownBackupStoreException;
import dev.monarch.UnknownEnvironmentException;
import dev.monarch.backup.BackupStore;
import dev.monarch.backup.BackupStores;
import dev.monarch.engine.MonarchVersion;
import dev.monarch.engine.lock.EnvironmentLock;
import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.environment.LockEvent.LockHolder;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.spring.boot.actuate.EndpointBody.Problem;
import dev.monarch.spring.boot.advice.Advice;
import dev.monarch.spring.boot.advice.Scrubbed;
import dev.monarch.spring.boot.autoconfigure.BackupScheduler;
import dev.monarch.spring.boot.operation.RunningOperations;

/**
 * Shows environments, migrations, locks, backups, schedules and running operations over HTTP.
 *
 * <p>It only reads. It opens no connection to an environment that the request does not name.
 */
@WebEndpoint(id = "monarch", defaultAccess = Access.READ_ONLY)
public final class MonarchEndpoint {

    private final EnvironmentReader reader;

    private final BackupStores stores;

    private final ObjectProvider<BackupScheduler> schedulers;

    private final RunningOperations operations;

    MonarchEndpoint(
            EnvironmentReader reader,
            BackupStores stores,
            ObjectProvider<BackupScheduler> schedulers,
            RunningOperations operations) {
        this.reader = reader;
        this.stores = stores;
        this.schedulers = schedulers;
        this.operations = operations;
    }

    /**
     * Returns the environments and the state of the application's own.
     *
     * @return a {@link EndpointBody.Summary}
     */
    @ReadOperation
    public WebEndpointResponse<EndpointBody> summary() {
        return answer(this::summarize);
    }

    /**
     * Returns a part of the state.
     *
     * @param part {@code migrations}, {@code lock}, {@code backups}, {@code schedules} or {@code operations}
     * @return the part; a {@link Problem} if there is no such part, or if it cannot be read
     */
    @ReadOperation
    public WebEndpointResponse<EndpointBody> part(@Selector String part) {
        return answer(() -> switch (part) {
            case "migrations" -> migrations(null);
            case "lock" -> lock(null);
            case "backups" -> backups(null);
            case "schedules" -> schedules();
            case "operations" -> operations();
            default -> null;
        });
    }

    /**
     * Returns a part of the state of another environment, or of a store.
     *
     * @param part {@code migrations}, {@code lock} or {@code backups}
     * @param name the name of the environment or store
     * @return the part; a {@link Problem} if there is no such part or name, or if it cannot be read
     */
    @ReadOperation
    public WebEndpointResponse<EndpointBody> namedPart(@Selector String part, @Selector String name) {
        return answer(() -> switch (part) {
            case "migrations" -> migrations(name);
            case "lock" -> lock(name);
            case "backups" -> backups(name);
            default -> null;
        });
    }

    private EndpointBody summarize() {
        EnvironmentRegistry environments = reader.environments();
        MonarchEnvironment own = environments.own();
        EnvironmentStatus status = null;
        String problem = null;
        try {
            status = reader.status(own);
        } catch (MonarchException | MongoException e) {
            problem = Scrubbed.firstLine(e);
        }
        return new EndpointBody.Summary(
                MonarchVersion.get(),
                own.name(),
                environments.names().stream()
                        .map(name -> EndpointBodies.of(environments.get(name), name.equals(own.name())))
                        .toList(),
                stores.names(),
                status == null ? null : EndpointBodies.counts(status),
                status == null ? null : EndpointBodies.of(status.holder(), status.holderIsAlive()),
                status == null ? null : EndpointBodies.swap(status),
                operations.running().size(),
                problem);
    }

    private EndpointBody migrations(@Nullable String name) {
        MonarchEnvironment environment = reader.environment(name);
        EnvironmentStatus status = reader.status(environment);
        return new EndpointBody.Migrations(
                environment.name(), status.pending(), EndpointBodies.of(status.migrations()));
    }

    private EndpointBody lock(@Nullable String name) {
        MonarchEnvironment environment = reader.environment(name);
        EnvironmentLock lock = EnvironmentStatus.lock(environment);
        LockHolder holder = lock.holder().orElse(null);
        return new EndpointBody.Lock(
                environment.name(),
                EndpointBodies.of(holder, holder != null && lock.livingHolder().isPresent()));
    }

    private EndpointBody backups(@Nullable String name) {
        BackupStore store = stores.get(name);
        return new EndpointBody.Backups(
                store.name(), store.list().stream().map(EndpointBodies::of).toList());
    }

    private EndpointBody schedules() {
        return new EndpointBody.Schedules(schedulers.stream()
                .map(BackupScheduler::statuses)
                .flatMap(List::stream)
                .map(EndpointBodies::of)
                .toList());
    }

    private EndpointBody operations() {
        return new EndpointBody.Operations(
                operations.running().stream().map(EndpointBodies::of).toList(),
                operations.ended().stream().map(EndpointBodies::of).toList());
    }

    private static WebEndpointResponse<EndpointBody> answer(Supplier<@Nullable EndpointBody> body) {
        try {
            EndpointBody found = body.get();
            return found != null
                    ? new WebEndpointResponse<>(found)
                    : new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND);
        } catch (UnknownEnvironmentException | UnknownBackupStoreException e) {
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
