package dev.monarch.backup;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.springframework.util.unit.DataSize;

import dev.monarch.copy.CopyRequest;
import dev.monarch.copy.CopyService;
import dev.monarch.copy.CopyService.CopyReport;
import dev.monarch.engine.transfer.OwnCollections;
import dev.monarch.engine.transfer.PaceRequests;
import dev.monarch.engine.transfer.PaceRequests.Confirmation;
import dev.monarch.environment.Approval;
import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.environment.EnvironmentRegistry.Operation;
import dev.monarch.environment.EnvironmentRegistry.OperationEvent;
import dev.monarch.environment.Guard;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.kennel.KennelDatabase;
import dev.monarch.queryset.QuerySets;
import dev.monarch.test.Fault;
import dev.monarch.test.FaultyLine;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.transfer.Pace;
import dev.monarch.transfer.TransferProgress.RunningTransfers;
import dev.monarch.transfer.TransferProgress.TransferListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

/** The pace of a running operation is changed by its own process, and by requests of others. */
@MongoTest
class ChangedPaceTests {

    /** At this pace, nothing ends. */
    private static final Pace STUCK = Pace.FULL.atMost(DataSize.ofBytes(1));

    private static final Pace FAST = Pace.of("4096MB");

    @TempDir
    private Path folder;

    private final BlockingQueue<Operation> moving = new LinkedBlockingQueue<>();

    private final RunningTransfers transfers = new RunningTransfers();

    private EnvironmentRegistry environments;

    private MonarchEnvironment kennel;

    private MonarchEnvironment staging;

    @BeforeEach
    void fill(TestMongo mongo) {
        KennelDatabase.fill(mongo.database(), 500);
        String other = mongo.databaseName() + "_b";
        mongo.uri(other);
        staging = KennelDatabase.environment("staging", mongo.client(), other);
        use(KennelDatabase.environment("kennel", mongo.client(), mongo.databaseName()));
    }

    private void use(MonarchEnvironment source) {
        kennel = source;
        environments = new EnvironmentRegistry(() -> kennel, List.of(staging), event -> {
            if (event instanceof OperationEvent.Progressed) {
                moving.add(event.operation());
            }
        });
    }

    private BackupService backups() {
        return new BackupService(
                environments,
                stores(),
                new QuerySets(List.of(), null, null),
                KennelDatabase.HISTORY,
                Clock.systemUTC());
    }

    private BackupStores stores() {
        return new BackupStores(List.of(new LocalBackupStore(folder)), null);
    }

    private RestoreService restores() {
        return new RestoreService(
                environments, stores(), new Guard(false), KennelDatabase.LOCK, KennelDatabase.HISTORY);
    }

    private CompletableFuture<BackupReport> stuckBackup() {
        return running(() -> backups().backup(BackupRequest.of("kennel").paced(STUCK)));
    }

    private <R> CompletableFuture<R> running(Supplier<R> work) {
        return CompletableFuture.supplyAsync(work, task -> {
            Thread thread = new Thread(task, "stuck");
            thread.setDaemon(true);
            thread.start();
        });
    }

    private UUID awaitMoving() throws InterruptedException {
        Operation operation = moving.poll(30, TimeUnit.SECONDS);
        assertThat(operation).isNotNull();
        return operation.id();
    }

    private static <R> R end(CompletableFuture<R> running) {
        return await().atMost(Duration.ofSeconds(30)).until(running::join, report -> true);
    }

    private static List<Confirmation> awaitConfirmations(PaceRequests requests, String operation, UUID token) {
        return await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> requests.confirmations(operation, token),
                        answer -> !answer.orElseThrow().isEmpty())
                .orElseThrow();
    }

    @Test
    void itsOwnProcessChangesABackupAndAVerificationAtOnce() throws InterruptedException {
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        Logger log = (Logger) LoggerFactory.getLogger("dev.monarch.engine.transfer.PacedOperation");
        logged.start();
        log.addAppender(logged);
        log.setLevel(Level.INFO);
        CompletableFuture<BackupReport> backup = stuckBackup();
        UUID id = awaitMoving();

        assertThat(transfers.paceOf(id)).contains(STUCK);
        assertThat(transfers.changePace(id, FAST)).isTrue();

        BackupReport taken = end(backup);
        log.detachAppender(logged);
        log.setLevel(null);
        assertThat(logged.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "Started: backup of 'kennel', pace full, at most 1B per second. Its id is " + id,
                        "The pace of the backup of 'kennel' is now full, at most 4096MB per second (before: full, at most 1B"
                                + " per second), as this process requested. Its id is " + id);
        assertThat(transfers.paceOf(id)).isEmpty();
        assertThat(transfers.changePace(id, FAST)).isFalse();

        moving.clear();
        CompletableFuture<VerificationReport> verification =
                running(() -> backups().verify(BackupSource.stored(taken.name()), STUCK, TransferListener.NONE));
        assertThat(transfers.changePace(awaitMoving(), FAST)).isTrue();
        assertThat(end(verification).ok()).isTrue();
    }

    @Test
    void anotherProcessChangesABackupByItsIdAndSeesThat() throws InterruptedException {
        CompletableFuture<BackupReport> backup = stuckBackup();
        String id = awaitMoving().toString();
        PaceRequests requests = new PaceRequests(kennel);

        UUID first = requests.send(id, Pace.of("2B"));
        assertThat(awaitConfirmations(requests, id, first))
                .extracting(Confirmation::operation, Confirmation::description, Confirmation::pace)
                .containsExactly(tuple(id, "backup of 'kennel'", "full, at most 2B per second"));
        UUID second = requests.send(id, FAST);
        assertThat(requests.confirmations(id, first)).isEmpty();

        assertThat(end(backup).manifest().collection(OwnCollections.PACE)).isEmpty();
        assertThat(requests.confirmations(id, second).orElseThrow())
                .extracting(Confirmation::pace)
                .containsExactly("full, at most 4096MB per second");
        requests.withdraw(id, first);
        assertThat(requests.confirmations(id, second)).isPresent();
        requests.withdraw(id, second);
        assertThat(kennel.database().getCollection(OwnCollections.PACE).find()).isEmpty();
    }

    @Test
    void aRequestForAllChangesACopyThroughItsSourceAndARestoreThroughItsTarget() throws InterruptedException {
        CopyService copies = new CopyService(
                environments,
                new QuerySets(List.of(), null, null),
                new Guard(false),
                KennelDatabase.LOCK,
                KennelDatabase.HISTORY);
        CompletableFuture<CopyReport> copy =
                running(() -> copies.copy(CopyRequest.of("kennel", "staging").paced(STUCK), Approval.confirmed()));
        awaitMoving();
        new PaceRequests(kennel).send(PaceRequests.ALL, FAST);
        assertThat(end(copy).replacement().loaded().documents()).isPositive();

        Manifest backup = backups().backup(BackupRequest.of("kennel")).manifest();
        moving.clear();
        CompletableFuture<RestoreReport> restore = running(
                () -> restores().restore(Kennel.request(backup, "staging").paced(STUCK), Approval.confirmed()));
        awaitMoving();
        new PaceRequests(staging).send(PaceRequests.ALL, FAST);
        assertThat(end(restore).replacement().loaded().documents()).isPositive();
    }

    @Test
    void aRequestOfAProcessThatDiedChangesNoLaterOperationAndIsRemoved(TestMongo mongo) throws InterruptedException {
        PaceRequests requests = new PaceRequests(kennel);
        UUID old = requests.send(PaceRequests.ALL, Pace.of("3B"));
        // Clocks differ by milliseconds.
        mongo.database()
                .getCollection(OwnCollections.PACE)
                .updateOne(
                        new Document("_id", PaceRequests.ALL),
                        new Document(
                                "$set",
                                new Document("at", Date.from(Instant.now().minus(Duration.ofMinutes(1))))));
        mongo.database()
                .getCollection(OwnCollections.PACE)
                .insertMany(List.of(
                        new Document("_id", "of a dead operation")
                                .append("at", Date.from(Instant.now().minus(Duration.ofDays(2)))),
                        new Document("_id", "of another operation").append("at", new Date())));
        CompletableFuture<BackupReport> backup = stuckBackup();
        UUID id = awaitMoving();

        UUID token = requests.send(id.toString(), Pace.GENTLE);
        assertThat(awaitConfirmations(requests, id.toString(), token))
                .extracting(Confirmation::pace)
                .containsExactly("gentle, at most 1B per second");

        assertThat(requests.confirmations(PaceRequests.ALL, old)).contains(List.of());
        assertThat(mongo.database().getCollection(OwnCollections.PACE).distinct("_id", String.class))
                .containsExactlyInAnyOrder(PaceRequests.ALL, id.toString(), "of another operation");
        transfers.changePace(id, FAST);
        end(backup);
    }

    @Test
    void aRequestThatThisVersionDoesNotUnderstandIsIgnored(TestMongo mongo) throws InterruptedException {
        CompletableFuture<BackupReport> backup = stuckBackup();
        UUID id = awaitMoving();
        mongo.database()
                .getCollection(OwnCollections.PACE)
                .insertOne(new Document("_id", id.toString())
                        .append("mode", "TURBO")
                        .append("at", new Date()));

        PaceRequests requests = new PaceRequests(kennel);
        UUID token = requests.send(PaceRequests.ALL, FAST);

        assertThat(awaitConfirmations(requests, PaceRequests.ALL, token)).hasSize(1);
        end(backup);
    }

    @Test
    void aUserWhoMayOnlyReadFollowsARequestWithoutConfirmingIt(TestMongo mongo) throws InterruptedException {
        try (FaultyLine line = FaultyLine.to(mongo);
                MongoClient client = MongoClients.create(line.uri())) {
            PaceRequests requests = new PaceRequests(kennel);
            use(KennelDatabase.environment("kennel", client, mongo.databaseName()));
            line.fail(command -> isFor(command, "update"), 100, Fault.error(13, "Unauthorized"));
            CompletableFuture<BackupReport> backup = stuckBackup();
            String id = awaitMoving().toString();

            UUID token = requests.send(id, FAST);

            assertThat(end(backup).manifest().documents()).isPositive();
            await().until(() -> line.left() < 100);
            assertThat(requests.confirmations(id, token)).contains(List.of());
        }
    }

    private static boolean isFor(BsonDocument command, String name) {
        return OwnCollections.PACE.equals(
                command.getString(name, new BsonString("")).getValue());
    }

    @Test
    void aUserWhoMayNotReadTheRequestsCanBackUp(TestMongo mongo) throws InterruptedException {
        try (FaultyLine line = FaultyLine.to(mongo);
                MongoClient client = MongoClients.create(line.uri())) {
            use(KennelDatabase.environment("kennel", client, mongo.databaseName()));
            CompletableFuture<BackupReport> backup = stuckBackup();
            UUID id = awaitMoving();

            line.fail(command -> isFor(command, "find"), 100, Fault.error(13, "Unauthorized"));
            await().until(() -> line.left() < 100);
            transfers.changePace(id, FAST);

            assertThat(end(backup).manifest().documents()).isPositive();
        }
    }
}
