package dev.monarch.sample.packaged;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

import dev.monarch.backfill.BackfillSet;
import dev.monarch.backfill.Backfills;
import dev.monarch.backfill.Backfills.BackfillSettings;
import dev.monarch.environment.Guard.Protection;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.test.JournalEntries;
import dev.monarch.test.MongoTest;
import dev.monarch.test.Scrape;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The dashboard and the alerts of docs/monitoring, evaluated on what the packaged application exposes to Prometheus: before and
 * after a backup, a damaged backup, a migration that fails too often, and a backfill that fails.
 */
@MongoTest
class MonitoringIT {

    private static final Path DOCS = Path.of("../docs/monitoring");

    private static final Scrape NOTHING = Scrape.of("");

    private static final String TOO_OLD = "MonarchBackupTooOld";

    private static final String OPERATION_FAILED = "MonarchOperationFailed";

    private static final String MIGRATION_FAILED = "MonarchMigrationFailed";

    private static final String BACKFILL_FAILED = "MonarchBackfillFailed";

    private static final String BACKFILL_STALLED = "MonarchBackfillStalled";

    private static final String BACKFILLS = "monarch_backfill";

    @TempDir
    private Path store;

    private final Map<String, String> alerts = alerts();

    @Test
    void eachAlertFiresAfterItsFailureAndEachPanelFindsSeries(TestMongo mongo) throws IOException {
        Scrape last;
        try (Kennel kennel = Kennel.startExtracted(
                "--server.port=0",
                "--spring.mongodb.uri=" + mongo.uri(),
                "--monarch.backups.local.directory=" + store,
                "--management.endpoint.monarch.access=unrestricted",
                "--monarch.actuator.operations=migrate,backup,verify")) {
            Scrape fresh = scrape(
                    kennel,
                    scrape -> scrape.value("monarch_backups", "local") == 0
                            && scrape.value("monarch_migrations_pending", "default") == 0);
            assertThat(firing(fresh, NOTHING)).as("there is no backup").containsExactly(TOO_OLD);

            kennel.post("/actuator/monarch/backup", "{}");
            // The gauges of one scrape may come from two reads of the stores.
            Scrape good = scrape(
                    kennel,
                    scrape -> scrape.value("monarch_backups", "local") == 1
                            && scrape.value("monarch_backup_age_seconds", "default") < 3_600);
            assertThat(firing(good, fresh)).as("all is well").isEmpty();

            Scrape damaged = afterAnInterruptedSwap(mongo, kennel, afterADamagedBackup(kennel, good));

            last = afterAFailedMigration(mongo, kennel, damaged);
        }
        assertThat(firing(NOTHING, last)).as("no application reports").containsExactly(TOO_OLD);
        assertEachQueryFindsSeries(last, query -> !query.contains(BACKFILLS));
    }

    /** The kennel has no backfill, so this one has a class more. */
    @Test
    void alertsOfBackfillsFireUntilTheBackfillIsCorrected(TestMongo mongo, @TempDir Path classes) {
        try (Kennel kennel = Kennel.start(
                ExtractedKennel.application(BusyKennel.class, classes),
                "--server.port=0",
                "--spring.mongodb.uri=" + mongo.uri(),
                "--monarch.backups.local.directory=" + store,
                "--busy.difficult=dog-0007",
                BusyKennel.FAST.get(0),
                BusyKennel.FAST.get(1))) {
            Scrape failed = scrapeOfBackfills(kennel, 1, 1);
            assertThat(firing(failed, NOTHING)).containsExactly(BACKFILL_FAILED, TOO_OLD);
            assertThat(firing(failed, failed))
                    .as("an hour later")
                    .containsExactly(BACKFILL_FAILED, BACKFILL_STALLED, TOO_OLD);
            assertEachQueryFindsSeries(failed, query -> query.contains(BACKFILLS));

            mongo.database()
                    .getCollection("dogs")
                    .updateOne(new Document("_id", "dog-0007"), new Document("$set", new Document("corrected", true)));
            new Backfills(
                            MonarchEnvironment.using(
                                    "default", Protection.DEFAULT, mongo.client(), mongo.databaseName()),
                            BackfillSet.of(List.of()),
                            BackfillSettings.DEFAULT)
                    .retryFailed(BusyKennel.BACKFILL);
            scrapeOfBackfills(kennel, 0, 0);
            // The gauges of one scrape may come from two readings. Those of the next one do not.
            Scrape done = scrapeOfBackfills(kennel, 0, 0);
            assertThat(firing(done, done)).containsExactly(TOO_OLD);
        }
    }

    private void assertEachQueryFindsSeries(Scrape scrape, Predicate<String> wanted) {
        assertThat(queriesOfTheDashboard())
                .filteredOn(wanted)
                .isNotEmpty()
                .allSatisfy(query -> assertThat(PromQuery.evaluate(query, scrape, scrape))
                        .as(query)
                        .isNotEmpty());
        assertThat(alerts.values())
                .filteredOn(wanted)
                .isNotEmpty()
                .allSatisfy(query -> assertThat(PromQuery.metrics(query))
                        .isNotEmpty()
                        .allSatisfy(metric ->
                                assertThat(scrape.named(metric)).as(metric).isNotEmpty()));
    }

    private String afterADamagedBackup(Kennel kennel, Scrape good) throws IOException {
        Path archive;
        try (Stream<Path> files = Files.list(store)) {
            archive = files.filter(file -> file.toString().contains(".archive"))
                    .findFirst()
                    .orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(archive);
        bytes[bytes.length / 2] ^= 1;
        Files.write(archive, bytes);
        String name = archive.getFileName().toString().replaceAll("\\.archive.*", "");

        Scrape once = verified(kennel, name, 1);
        assertThat(firing(once, good)).as("the first failure of the process").containsExactly(OPERATION_FAILED);
        assertThat(firing(once, once)).as("an hour later").isEmpty();
        Scrape again = verified(kennel, name, 2);
        assertThat(firing(again, once)).as("another one").containsExactly(OPERATION_FAILED);
        return name;
    }

    private Scrape afterAnInterruptedSwap(TestMongo mongo, Kennel kennel, String backup) {
        JournalEntries.insertInterruptedSwap(mongo.database());
        // The gauges are read again after an operation.
        verified(kennel, backup, 3);
        Scrape interrupted = scrape(kennel, scrape -> scrape.value("monarch_swaps_interrupted", "default") == 1);
        assertThat(firing(interrupted, interrupted)).containsExactly(MIGRATION_FAILED);
        mongo.database().getCollection("monarch.journal").drop();
        return interrupted;
    }

    private static Scrape verified(Kennel kennel, String backup, int times) {
        kennel.post("/actuator/monarch/verify", "{\"backup\": \"" + backup + "\"}");
        return scrape(kennel, scrape -> scrape.value("monarch_operation_seconds_count", "DAMAGED") == times);
    }

    private Scrape afterAFailedMigration(TestMongo mongo, Kennel kennel, Scrape before) {
        mongo.database()
                .getCollection("monarch.history")
                .updateOne(
                        new Document("_id.id", Kennel.MIGRATIONS.get(1)),
                        new Document("$set", new Document("state", "FAILED").append("attempts", 1_000)));
        kennel.post("/actuator/monarch/migrate", "{}");

        Scrape failed = scrape(kennel, scrape -> scrape.value("monarch_migrations_failed", "default") == 1);
        assertThat(firing(failed, before)).containsExactly(MIGRATION_FAILED);
        return failed;
    }

    /** The gauges may be read again within one scrape. */
    private static Scrape scrapeOfBackfills(Kennel kennel, int unfinished, int failed) {
        return scrape(
                kennel,
                scrape -> scrape.value("monarch_backfills_unfinished", "default") == unfinished
                        && scrape.value("monarch_backfills_failed", "default") == failed
                        && scrape.value("monarch_backfills_set_aside_documents", "default") == failed);
    }

    private static Scrape scrape(Kennel kennel, Predicate<Scrape> condition) {
        return await().atMost(Kennel.PATIENCE).until(() -> Scrape.of(kennel.get("/actuator/prometheus")), condition);
    }

    private Set<String> firing(Scrape now, Scrape hourAgo) {
        Set<String> firing = new TreeSet<>();
        alerts.forEach((name, query) -> {
            if (!PromQuery.evaluate(query, now, hourAgo).isEmpty()) {
                firing.add(name);
            }
        });
        return firing;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, String> alerts() {
        Map<String, String> alerts = new TreeMap<>();
        Map<String, List<Map<String, Object>>> file = new Yaml().load(read("alerts.yaml"));
        for (Map<String, Object> group : Objects.requireNonNull(file.get("groups"))) {
            for (Map<String, Object> rule : (List<Map<String, Object>>) Objects.requireNonNull(group.get("rules"))) {
                alerts.put(String.valueOf(rule.get("alert")), String.valueOf(rule.get("expr")));
            }
        }
        assertThat(alerts)
                .containsOnlyKeys(TOO_OLD, OPERATION_FAILED, MIGRATION_FAILED, BACKFILL_FAILED, BACKFILL_STALLED);
        return alerts;
    }

    private static List<String> queriesOfTheDashboard() {
        List<String> queries = Document.parse(read("dashboard.json")).getList("panels", Document.class).stream()
                .flatMap(panel -> panel.getList("targets", Document.class).stream())
                .map(target -> target.getString("expr"))
                .toList();
        assertThat(queries).hasSizeGreaterThan(5);
        return queries;
    }

    private static String read(String file) {
        try {
            return Files.readString(DOCS.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
