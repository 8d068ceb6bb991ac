package dev.monarch.engine.version;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.monarch.Fact;
import dev.monarch.OperationInterruptedException;
import dev.monarch.OperationRefusedException;
import dev.monarch.Reason;
import dev.monarch.backfill.BackfillSet;
import dev.monarch.backfill.BackfillSet.RegisteredBackfill;
import dev.monarch.backfill.BackfillStatus;
import dev.monarch.backfill.BackfillStatus.State;
import dev.monarch.backfill.Backfills;
import dev.monarch.backfill.Backfills.BackfillSettings;
import dev.monarch.engine.lock.Pause;
import dev.monarch.engine.version.VersionRecords.Contraction;
import dev.monarch.engine.version.VersionRecords.SeenInstance;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.version.DocumentVersions.ContractRequest;
import dev.monarch.version.DocumentVersions.VersionSettings;

/**
 * Removes what only older instances need, in an order that loses nothing: first every instance stops writing it, then a backfill
 * removes it from the documents.
 */
public final class Contracting {

    private static final Logger log = LoggerFactory.getLogger(Contracting.class);

    private final MonarchEnvironment environment;

    private final CollectionVersions versions;

    private final VersionSettings settings;

    private final BackfillSettings backfills;

    private final VersionRecords records;

    /** Prepares for one collection. */
    public Contracting(
            MonarchEnvironment environment,
            CollectionVersions versions,
            VersionSettings settings,
            BackfillSettings backfills) {
        this.environment = environment;
        this.versions = versions;
        this.settings = settings;
        this.backfills = backfills;
        this.records = new VersionRecords(environment.ownDatabase());
    }

    /** Checks without announcing it: an older instance may still start before {@link #run}, which checks again. */
    public void check(ContractRequest request) {
        if (!hasBegun(request)) {
            requirePossible(request);
        }
    }

    /** Checks, and contracts. If an earlier call has begun, this continues. */
    public BackfillStatus run(ContractRequest request) {
        String collection = versions.collection();
        if (!hasBegun(request)) {
            begin(request);
            records.contract(collection, request.version());
            log.info(
                    "Environment '{}': instances no longer write what only versions of '{}' before {} need",
                    environment.name(),
                    collection,
                    request.version());
        }
        versions.contractTo(request.version());
        awaitInstances(request.version());
        RegisteredBackfill removal = VersionBackfill.contracting(versions, request.version());
        Backfills runs = new Backfills(environment, BackfillSet.of(List.of(removal)), backfills);
        if (runs.status(removal.id()).state() == State.FAILED) {
            runs.retryFailed(removal.id());
        }
        BackfillStatus status = runs.run(removal.id());
        if (status.state() == State.DONE) {
            records.complete(collection);
            versions.completeContraction(request.version());
        }
        return status;
    }

    private boolean hasBegun(ContractRequest request) {
        Contraction earlier = records.contractions().get(versions.collection());
        return earlier != null && earlier.version() >= request.version();
    }

    /** An instance of an older version may start at the same time: it sees the announcement, or it is seen here. */
    private void begin(ContractRequest request) {
        records.announce(versions.collection(), request.version());
        boolean possible = false;
        try {
            requirePossible(request);
            possible = true;
        } finally {
            if (!possible) {
                records.withdraw(versions.collection());
            }
        }
    }

    private void requirePossible(ContractRequest request) {
        BackfillStatus expansion = new VersionOverview(environment, backfills).backfillOf(versions);
        List<Fact> problems = new ArrayList<>();
        if (expansion.state() != State.DONE) {
            problems.add(new Fact(
                    Reason.VERSION_BACKFILL_UNFINISHED,
                    "the backfill '" + expansion.id() + "' " + expansion.summary()));
        }
        for (SeenInstance old : recent(instance -> versionOf(instance) < request.version())) {
            problems.add(new Fact(
                    Reason.OLD_INSTANCE,
                    "the instance '" + old.name() + "' has version " + versionOf(old) + ", and was last seen at "
                            + old.seen()));
        }
        if (problems.isEmpty() && !request.acceptsOldDocuments()) {
            Document older = environment
                    .ownDatabase()
                    .getCollection(versions.collection())
                    .find(VersionBackfill.older(versions, request.version(), false))
                    .first();
            if (older != null) {
                problems.add(new Fact(
                        Reason.OLD_DOCUMENTS,
                        "an instance that does not know versions has written documents since the backfill, for example the"
                                + " one with _id " + older.get("_id")));
            }
        }
        if (!problems.isEmpty()) {
            throw new OperationRefusedException(
                    "contract '" + versions.collection() + "' to version " + request.version() + " in",
                    environment.name(),
                    problems);
        }
    }

    /** An instance that has not read the contraction still writes what older ones need. */
    private void awaitInstances(int version) {
        Predicate<SeenInstance> writesBoth = instance -> versionOf(instance) >= version
                && instance.contracted().getOrDefault(versions.collection(), version) < version;
        while (!recent(writesBoth).isEmpty()) {
            if (!Pause.of(settings.heartbeat().dividedBy(4))) {
                throw new OperationInterruptedException("Contraction of", environment.name(), null);
            }
        }
    }

    private int versionOf(SeenInstance instance) {
        return instance.versions().getOrDefault(versions.collection(), versions.oldest());
    }

    private List<SeenInstance> recent(Predicate<SeenInstance> condition) {
        Instant oldest = records.now().minus(settings.oldInstanceTimeout());
        return records.instances().stream()
                .filter(instance -> instance.seen().isAfter(oldest))
                .filter(condition)
                .toList();
    }
}
