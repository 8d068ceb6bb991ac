package dev.monarch.backup;

import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import com.mongodb.client.MongoDatabase;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.monarch.OperationRefusedException;
import dev.monarch.backup.retention.Retention;
import dev.monarch.backup.retention.Retention.RetentionInterval;
import dev.monarch.backup.retention.RetentionPlan.PruneReport;
import dev.monarch.backup.retention.RetentionPlan.PruneRequest;
import dev.monarch.backup.retention.RetentionService;
import dev.monarch.copy.CopyRequest;
import dev.monarch.copy.CopyService;
import dev.monarch.copy.CopyService.CopyReport;
import dev.monarch.environment.Approval;
import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.environment.EnvironmentRegistry.Operation;
import dev.monarch.environment.EnvironmentRegistry.Operation.Kind;
import dev.monarch.environment.EnvironmentRegistry.OperationEvent;
import dev.monarch.environment.EnvironmentRegistry.OperationListener;
import dev.monarch.environment.Guard;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.kennel.KennelDatabase;
import dev.monarch.queryset.QuerySets;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.transfer.TransferProgress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** A listener of the registry receives the start, the progress and the end of every operation. */
@MongoTest
class OperationListenerTests {

    private static final Clock CLOCK = Clock.fixed(Kennel.NOW, ZoneOffset.UTC);

    @TempDir
    private Path parent;

    private final List<OperationEvent> events = Collections.synchronizedList(new ArrayList<>());

    private BackupStores stores() {
        return new BackupStores(List.of(new LocalBackupStore(parent.resolve("backups")), new OtherStore(parent)), null);
    }

    private EnvironmentRegistry environments(TestMongo mongo, OperationListener listener) {
        KennelDatabase.fill(mongo.database(), 100);
        return new EnvironmentRegistry(
                () -> KennelDatabase.environment("kennel", mongo.client(), mongo.databaseName()),
                List.of(staging(mongo)),
                listener);
    }

    private static MonarchEnvironment staging(TestMongo mongo) {
        String name = mongo.databaseName() + "_b";
        mongo.uri(name);
        MongoDatabase database = mongo.client().getDatabase(name);
        return KennelDatabase.environment("staging", mongo.client(), database.getName());
    }

    private BackupService backups(EnvironmentRegistry environments) {
        return new BackupService(
                environments, stores(), new QuerySets(List.of(), null, null), KennelDatabase.HISTORY, CLOCK);
    }

    @Test
    void itReceivesTheProgressOfABackupLikeTheCaller(TestMongo mongo) {
        List<TransferProgress> callers = Collections.synchronizedList(new ArrayList<>());

        BackupReport report = backups(environments(mongo, events::add))
                .backup(BackupRequest.of("kennel").reportingTo(callers::add));

        assertEnded(Kind.BACKUP, "kennel", null, report);
        TransferProgress last = callers.get(callers.size() - 1);
        assertThat(events.get(events.size() - 2))
                .asInstanceOf(InstanceOfAssertFactories.type(OperationEvent.Progressed.class))
                .extracting(
                        OperationEvent.Progressed::phase,
                        OperationEvent.Progressed::documents,
                        OperationEvent.Progressed::bytes,
                        OperationEvent.Progressed::expectedBytes)
                .containsExactly(
                        last.phase(),
                        last.documents(),
                        last.bytes(),
                        last.expectedBytes().orElseThrow());
        assertThat(last.documents()).isPositive();
    }

    @Test
    void itReceivesOperationsOnBackups(TestMongo mongo) {
        BackupService backups = backups(environments(mongo, events::add));
        String name = backups.backup(BackupRequest.of("kennel")).name();

        events.clear();
        VerificationReport verified = backups.verify(name);
        assertEnded(Kind.VERIFICATION, null, name, verified);

        events.clear();
        Manifest copy = backups.copy(name, null, "other");
        assertEnded(Kind.BACKUP_COPY, null, name, copy);
    }

    @Test
    void itReceivesOperationsOnEnvironments(TestMongo mongo) {
        EnvironmentRegistry environments = environments(mongo, events::add);
        String name = backups(environments).backup(BackupRequest.of("kennel")).name();

        events.clear();
        RestoreReport restored = new RestoreService(
                        environments, stores(), new Guard(false), KennelDatabase.LOCK, KennelDatabase.HISTORY)
                .restore(RestoreRequest.of(BackupSource.stored(name), "staging"), Approval.confirmed());
        assertEnded(Kind.RESTORE, "staging", name, restored);

        events.clear();
        CopyReport copied = new CopyService(
                        environments,
                        new QuerySets(List.of(), null, null),
                        new Guard(false),
                        KennelDatabase.LOCK,
                        KennelDatabase.HISTORY)
                .copy(CopyRequest.of("kennel", "staging"), Approval.confirmed());
        assertEnded(Kind.COPY, "staging", "kennel", copied);

        events.clear();
        PruneReport pruned = new RetentionService(environments, stores(), KennelDatabase.LOCK, CLOCK)
                .prune(PruneRequest.of("kennel", Retention.NONE.keep(RetentionInterval.LAST, 1)));
        assertEnded(Kind.PRUNE, "kennel", null, pruned);
    }

    @Test
    void itReceivesTheExceptionOfAFailedOperation(TestMongo mongo) {
        BackupService backups = backups(environments(mongo, events::add));
        mongo.database().drop();

        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(() -> backups.backup(BackupRequest.of("kennel")))
                .satisfies(e -> assertThat(events).last().isEqualTo(new OperationEvent.Failed(started(), e)));
        assertThat(events).hasSize(2);
    }

    @Test
    void anExceptionOfAListenerStopsNothing(TestMongo mongo) {
        BackupService backups = backups(environments(mongo, event -> {
            throw new IllegalStateException("deaf");
        }));

        assertThat(backups.backup(BackupRequest.of("kennel")).elapsed()).isPositive();
    }

    /** All events are those of one operation, which began with the first and ended with the last. */
    private void assertEnded(Kind kind, @Nullable String environment, @Nullable String subject, Object result) {
        Operation operation = started();
        assertThat(operation)
                .extracting(Operation::kind, Operation::environment, Operation::subject)
                .containsExactly(kind, environment, subject);
        assertThat(events).allSatisfy(event -> assertThat(event.operation()).isEqualTo(operation));
        assertThat(events).last().isEqualTo(new OperationEvent.Succeeded(operation, result));
        assertThat(events.subList(1, events.size() - 1))
                .allSatisfy(event -> assertThat(event).isInstanceOf(OperationEvent.Progressed.class));
    }

    private Operation started() {
        assertThat(events.get(0)).isInstanceOf(OperationEvent.Started.class);
        return events.get(0).operation();
    }

    /** A second store, to copy into. */
    private static final class OtherStore extends DelegatingStore {

        OtherStore(Path parent) {
            super(new LocalBackupStore(parent.resolve("other")));
        }

        @Override
        public String name() {
            return "other";
        }
    }
}
