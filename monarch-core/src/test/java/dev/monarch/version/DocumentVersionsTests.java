package dev.monarch.version;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

import com.mongodb.client.MongoCollection;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;

import dev.monarch.Fact;
import dev.monarch.InvalidRequestException;
import dev.monarch.OperationRefusedException;
import dev.monarch.Reason;
import dev.monarch.backfill.BackfillSet;
import dev.monarch.backfill.BackfillStatus;
import dev.monarch.backfill.BackfillStatus.State;
import dev.monarch.backfill.Backfills;
import dev.monarch.backfill.Backfills.BackfillSettings;
import dev.monarch.backfill.Backfills.Rate;
import dev.monarch.engine.version.CollectionVersions;
import dev.monarch.engine.version.VersionHeartbeat;
import dev.monarch.engine.version.VersionRecords;
import dev.monarch.engine.version.VersionedCollections;
import dev.monarch.environment.Approval;
import dev.monarch.environment.Guard.Protection;
import dev.monarch.environment.LockSettings;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.version.DocumentVersions.CollectionState;
import dev.monarch.version.DocumentVersions.ContractRequest;
import dev.monarch.version.DocumentVersions.Phase;
import dev.monarch.version.DocumentVersions.VersionSettings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

@MongoTest
class DocumentVersionsTests {

    private static final BackfillSettings BACKFILLS =
            new BackfillSettings("monarch.history", "default", LockSettings.DEFAULT, new Rate(1.0, null), false, 10);

    private static final VersionSettings SHORT =
            new VersionSettings("_v", Duration.ofSeconds(2), Duration.ofMillis(100));

    private static final ContractRequest CONTRACT = ContractRequest.of("dogs", 2);

    private final MonarchEnvironment environment;

    private final MongoCollection<Document> dogs;

    private final DefaultListableBeanFactory beans = new DefaultListableBeanFactory();

    private final VersionedCollections collections;

    private final CollectionVersions versions;

    DocumentVersionsTests(TestMongo mongo) {
        environment = MonarchEnvironment.using("default", Protection.DEFAULT, mongo.client(), mongo.databaseName());
        dogs = mongo.database().getCollection("dogs");
        beans.registerSingleton("weightInKg", new WholeKilograms());
        collections = VersionedCollections.in(beans, "_v");
        beans.registerSingleton("collections", collections);
        versions = Objects.requireNonNull(collections.find("dogs"));
    }

    @Test
    void theBackfillGivesDocumentsBothShapesWithTheValuesThatTheyHave() {
        dogs.insertMany(List.of(
                Document.parse("{_id: 1, weight: 21, name: 'Rex'}"),
                written("{_id: 2, weight_kg: 5}"),
                Document.parse("{_id: 3, name: 'without weight'}"),
                Document.parse("{_id: {a: 1}, weight: 8, tags: [1, 'x']}")));

        assertThat(backfill().state()).isEqualTo(State.DONE);

        assertThat(documents()).allSatisfy(dog -> assertThat(dog).containsEntry("_v", 2));
        assertThat(documents().get(0)).containsEntry("weight", 21).containsEntry("weight_kg", 10);
        assertThat(versions.read(documents().get(0)))
                .as("no instance has changed it")
                .isEqualTo(Document.parse("{_id: 1, name: 'Rex', weight_kg: 10, _v: 2}"));
    }

    @Test
    void contractRemovesWhatOldInstancesNeed() {
        dogs.insertMany(List.of(Document.parse("{_id: 1, weight: 20}"), written("{_id: 2, weight_kg: 5}")));
        assertThat(reasonsOf(CONTRACT)).containsExactly(Reason.VERSION_BACKFILL_UNFINISHED);
        backfill();
        // An update by an old instance since the backfill, of a document that has versions.
        dogs.updateOne(new Document("_id", 2), Document.parse("{$set: {weight: 30}}"));
        assertThat(state().phase()).isEqualTo(Phase.EXPAND);

        BackfillStatus status = service().contract(CONTRACT, Approval.none());

        assertThat(status.state()).isEqualTo(State.DONE);
        assertThat(documents())
                .containsExactly(
                        Document.parse("{_id: 1, weight_kg: 10, _v: 2}"),
                        Document.parse("{_id: 2, weight_kg: 15, _v: 2}"));
        assertThat(state().phase()).isEqualTo(Phase.CONTRACTED);
        assertThat(written("{_id: 3, weight_kg: 1}")).isEqualTo(Document.parse("{_id: 3, weight_kg: 1, _v: 2}"));
        assertThat(service().contract(CONTRACT, Approval.none()).state()).isEqualTo(State.DONE);
    }

    /** Nothing in such a document tells the server that an old instance has written it. */
    @Test
    void contractUpgradesAFieldThatOnlyAnOldInstanceHasWritten() {
        dogs.insertMany(List.of(written("{_id: 1, name: 'Rex'}"), written("{_id: 2, name: 'Bo'}")));
        backfill();
        dogs.updateOne(new Document("_id", 2), Document.parse("{$set: {weight: 30}}"));

        assertThat(service().contract(CONTRACT, Approval.none()).progress().done())
                .isEqualTo(1);

        assertThat(documents())
                .containsExactly(
                        Document.parse("{_id: 1, name: 'Rex', _v: 2}"),
                        Document.parse("{_id: 2, name: 'Bo', weight_kg: 15, _v: 2}"));
    }

    @Test
    void aProtectedEnvironmentNeedsItsName() {
        dogs.insertOne(written("{_id: 1, weight_kg: 5}"));
        backfill();
        MonarchEnvironment production = MonarchEnvironment.using(
                "production",
                Protection.DEFAULT,
                environment.client(),
                environment.ownDatabase().getName());
        DocumentVersions service = new DocumentVersions(production, beans, SHORT, BACKFILLS);

        assertThatThrownBy(() -> service.contract(CONTRACT, Approval.confirmed()))
                .isInstanceOf(OperationRefusedException.class)
                .hasMessage(
                        "Refused to contract documents of 'production': it is protected, so the confirmation must name"
                                + " it. Nothing has been changed.");
        assertThat(documents()).allSatisfy(dog -> assertThat(dog).containsKey("weight"));

        assertThat(service.contract(CONTRACT, Approval.naming("production")).state())
                .isEqualTo(State.DONE);
    }

    @Test
    void anOldInstancePreventsItUntilItWasNotSeenForAWhile() {
        backfill();
        new VersionRecords(environment.ownDatabase()).beat("old-build:1", List.of());
        assertThat(state().instances())
                .singleElement()
                .satisfies(instance -> assertThat(instance.name()).isEqualTo("old-build:1"));

        OperationRefusedException refused = catchThrowableOfType(
                OperationRefusedException.class, () -> service().contract(CONTRACT, Approval.none()));

        assertThat(refused.reason()).isEqualTo(Reason.OLD_INSTANCE);
        assertThat(refused).hasMessageContaining("the instance 'old-build:1' has version 1, and was last seen at ");
        await().ignoreExceptions()
                .untilAsserted(() -> assertThat(
                                service().contract(CONTRACT, Approval.none()).state())
                        .isEqualTo(State.DONE));
    }

    @Test
    void documentsOfAnInstanceWithoutHeartbeatPreventItUntilTheyAreAccepted() {
        backfill();
        dogs.insertOne(Document.parse("{_id: 7, weight: 20}"));

        assertThatThrownBy(() -> service().contract(CONTRACT, Approval.none()))
                .isInstanceOf(OperationRefusedException.class)
                .hasMessageContaining("has written documents since the backfill, for example the one with _id 7");
        assertThat(documents()).containsExactly(Document.parse("{_id: 7, weight: 20}"));

        service().contract(CONTRACT.acceptingOldDocuments(), Approval.none());
        assertThat(documents()).containsExactly(Document.parse("{_id: 7, weight_kg: 10, _v: 2}"));
    }

    @Test
    void itWaitsForInstancesThatStillWriteBothShapes() {
        dogs.insertOne(written("{_id: 1, weight_kg: 5}"));
        backfill();
        CollectionVersions other =
                Objects.requireNonNull(VersionedCollections.in(beans, "_v").find("dogs"));
        VersionRecords records = new VersionRecords(environment.ownDatabase());
        records.beat("other:1", List.of(other));
        VersionSettings patient = new VersionSettings("_v", Duration.ofMinutes(10), Duration.ofMillis(100));

        CompletableFuture<BackfillStatus> contraction = CompletableFuture.supplyAsync(
                () -> new DocumentVersions(environment, beans, patient, BACKFILLS).contract(CONTRACT, Approval.none()));
        await().until(() -> state().phase() == Phase.CONTRACTING);
        assertThat(versionBackfills()).as("nothing is removed yet").isEqualTo(1);
        other.contractTo(2);
        records.beat("other:1", List.of(other));

        assertThat(contraction.join().state()).isEqualTo(State.DONE);
        assertThat(documents()).containsExactly(Document.parse("{_id: 1, weight_kg: 5, _v: 2}"));
    }

    /** The number of backfills that have begun. */
    private long versionBackfills() {
        return environment.ownDatabase().getCollection("monarch.backfills").countDocuments();
    }

    @Test
    void aHeartbeatReadsTheContractionAndEndsWithTheInstance() {
        backfill();
        VersionedCollections other = VersionedCollections.in(beans, "_v");
        try (VersionHeartbeat heartbeat = new VersionHeartbeat(environment, other, SHORT.heartbeat())) {
            heartbeat.start();
            assertThat(state().instances()).hasSize(1);
            service().contract(CONTRACT, Approval.none());
            assertThat(Objects.requireNonNull(other.find("dogs")).isExpanded()).isFalse();
            CollectionVersions seen = Objects.requireNonNull(other.find("dogs"));
            await("the end of the contraction").until(() -> !addedByAnOldInstance(seen));
        }
        assertThat(state().instances()).as("it said that it ended").isEmpty();
    }

    /** Until a contraction is complete, the last writes of old instances count. */
    private static boolean addedByAnOldInstance(CollectionVersions versions) {
        return versions.read(Document.parse("{_id: 1, weight: 30, _v: 2}")).containsKey("weight_kg");
    }

    @Test
    void anInterruptedContractionContinues() {
        backfill();
        dogs.insertOne(written("{_id: 1, weight_kg: 5}"));
        new VersionRecords(environment.ownDatabase()).contract("dogs", 2);
        assertThat(state().phase()).isEqualTo(Phase.CONTRACTING);
        new VersionRecords(environment.ownDatabase()).beat("old-build:1", List.of());

        service().contract(CONTRACT, Approval.none());

        assertThat(documents()).containsExactly(Document.parse("{_id: 1, weight_kg: 5, _v: 2}"));
        assertThat(state().phase()).isEqualTo(Phase.CONTRACTED);
    }

    @Test
    void aBuildWithoutTheContractedVersionDoesNotStart() {
        new VersionRecords(environment.ownDatabase()).contract("dogs", 3);
        try (VersionHeartbeat heartbeat = new VersionHeartbeat(environment, collections, SHORT.heartbeat())) {
            assertThatThrownBy(heartbeat::start)
                    .isInstanceOf(OperationRefusedException.class)
                    .hasMessageContaining(
                            "the documents of 'dogs' are contracted to version 3, and this build knows version 2");
        }
    }

    /** An instance of an older version that starts during the checks of a contraction would find contracted documents. */
    @Test
    void aBuildThatStartsDuringAContractionIsSeenOrDoesNotStart() {
        backfill();
        VersionRecords records = new VersionRecords(environment.ownDatabase());
        records.announce("dogs", 3);
        try (VersionHeartbeat heartbeat = new VersionHeartbeat(environment, collections, SHORT.heartbeat())) {
            assertThatThrownBy(heartbeat::start)
                    .isInstanceOf(OperationRefusedException.class)
                    .hasMessageContaining("contracted to version 3");
            assertThat(state().instances())
                    .as("it does not prevent the contraction")
                    .isEmpty();

            records.beat("old-build:1", List.of());
            assertThat(reasonsOf(CONTRACT)).containsExactly(Reason.OLD_INSTANCE);
            assertThat(state().phase()).isEqualTo(Phase.EXPAND);
            assertThat(Objects.requireNonNull(records.contractions().get("dogs"))
                            .announced())
                    .as("instances may start again")
                    .isZero();
            heartbeat.start();
            assertThat(state().instances()).as("the contraction was refused").hasSize(2);
        }
    }

    @Test
    void requestsAndSettingsThatCannotWorkAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ContractRequest.of("dogs", 1))
                .withMessage("version must be at least 2, but is 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ContractRequest.of(" ", 2))
                .withMessageContaining("collection");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new VersionSettings("", Duration.ofMinutes(10), Duration.ofSeconds(20)))
                .withMessageContaining("field");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new VersionSettings("_v", Duration.ofSeconds(40), Duration.ofSeconds(20)))
                .withMessageContaining("less than half of oldInstanceTimeout (PT40S)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new VersionSettings("_v", Duration.ofSeconds(40), Duration.ZERO))
                .withMessageContaining("heartbeat must be positive");
    }

    @Test
    void aVersionThatTheApplicationDoesNotHaveIsRefused() {
        assertThatThrownBy(() -> service().contract(ContractRequest.of("dogs", 3), Approval.none()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("The application has the versions 2 to 2 of this collection.");
        assertThatThrownBy(() -> service().contract(ContractRequest.of("cats", 2), Approval.none()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("The application has no version of this collection.");
    }

    private DocumentVersions service() {
        return new DocumentVersions(environment, beans, SHORT, BACKFILLS);
    }

    private CollectionState state() {
        return service().states().get(0);
    }

    private List<Reason> reasonsOf(ContractRequest request) {
        return catchThrowableOfType(
                        OperationRefusedException.class, () -> service().contract(request, Approval.none()))
                .facts()
                .stream()
                .map(Fact::reason)
                .toList();
    }

    private BackfillStatus backfill() {
        var registered = service().backfills();
        return new Backfills(environment, BackfillSet.of(registered), BACKFILLS)
                .run(registered.get(0).id());
    }

    private Document written(String json) {
        Document document = Document.parse(json);
        versions.prepare(document);
        return document;
    }

    private List<Document> documents() {
        return dogs.find().sort(new Document("_id", 1)).into(new ArrayList<>());
    }
}
