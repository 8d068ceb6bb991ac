package dev.monarch.engine.backfill;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.mongodb.client.model.Updates;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.monarch.LockHeldException;
import dev.monarch.OperationInterruptedException;
import dev.monarch.TransferFailedException;
import dev.monarch.backfill.BackfillSet;
import dev.monarch.backfill.BackfillSet.RegisteredBackfill;
import dev.monarch.backfill.BackfillStatus.State;
import dev.monarch.backfill.Backfills.BackfillSettings;
import dev.monarch.backfill.DocumentBackfill.BackfillSource;
import dev.monarch.engine.environment.Deployment;
import dev.monarch.engine.environment.ObservedOperation;
import dev.monarch.engine.history.BackfillHistory;
import dev.monarch.engine.lock.EnvironmentLock;
import dev.monarch.engine.lock.HeldLock;
import dev.monarch.engine.lock.LockLog;
import dev.monarch.environment.EnvironmentRegistry.Operation;
import dev.monarch.environment.EnvironmentRegistry.OperationEvent;
import dev.monarch.environment.EnvironmentRegistry.OperationListener;
import dev.monarch.environment.LockSettings;
import dev.monarch.environment.MonarchEnvironment;

/** Runs the backfills of one environment, each under a lock of its own. */
public final class BackfillRunner {

    private static final Logger log = LoggerFactory.getLogger(BackfillRunner.class);

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

    private final MonarchEnvironment environment;

    private final BackfillSet backfills;

    private final BackfillSettings settings;

    private final BackfillRecords records;

    private final BackfillHistory history;

    private final StopSignal stop;

    private final OperationListener listener;

    /** Whether the server has answered since the last warning. */
    private boolean answered = true;

    public BackfillRunner(
            MonarchEnvironment environment,
            BackfillSet backfills,
            BackfillSettings settings,
            StopSignal stop,
            OperationListener listener) {
        this.environment = environment;
        this.backfills = backfills;
        this.settings = settings;
        this.records = new BackfillRecords(environment, settings.scope());
        this.history = new BackfillHistory(environment, settings.historyCollection(), settings.scope());
        this.stop = stop;
        this.listener = listener;
    }

    /** Returns the lock of one backfill. */
    public static EnvironmentLock lock(MonarchEnvironment environment, BackfillSettings settings, String id) {
        return lock(environment, settings, settings.lock(), id);
    }

    private static EnvironmentLock lock(
            MonarchEnvironment environment, BackfillSettings settings, LockSettings timing, String id) {
        return EnvironmentLock.named(environment, timing, "backfill " + settings.scope() + " " + id);
    }

    /** Tells whether no document matches the filter of a source. */
    public static boolean hasNothingToDo(MonarchEnvironment environment, BackfillSource source) {
        return environment
                        .ownDatabase()
                        .getCollection(source.collection())
                        .find(source.filter())
                        .first()
                == null;
    }

    /** Runs every backfill in order, and takes over those of others that died, until all are done. */
    public void runAll() {
        while (!stop.isSet() && !runOnce()) {
            stop.await(BETWEEN_LOOKS);
        }
    }

    /** Returns whether all are done. */
    private boolean runOnce() {
        try {
            Map<String, BackfillRecord> all = records.all();
            Set<String> done = history.done();
            List<RegisteredBackfill> left = backfills.backfills().stream()
                    .filter(backfill -> backfill.isFor(environment.name()))
                    .filter(backfill -> !done.contains(backfill.id()))
                    .toList();
            boolean sessions =
                    left.isEmpty() || Deployment.of(environment.ownClient()).sessions();
            runInOrder(left, all, sessions);
            answered = true;
            return left.isEmpty();
        } catch (RuntimeException e) {
            if (answered) {
                log.warn("Environment '{}': the backfills cannot run now; trying again", environment.name(), e);
            }
            answered = false;
            return false;
        }
    }

    /** Later backfills wait while another process runs an earlier one. They may depend on it. */
    private void runInOrder(List<RegisteredBackfill> left, Map<String, BackfillRecord> all, boolean sessions) {
        boolean goesOn = true;
        for (int i = 0; i < left.size() && goesOn && !stop.isSet(); i++) {
            RegisteredBackfill backfill = left.get(i);
            BackfillRecord record = all.getOrDefault(backfill.id(), BackfillRecord.absent(backfill.id()));
            goesOn = !isReady(record) || record.isPauseWanted() || runIfFree(backfill, sessions);
        }
    }

    private static boolean isReady(BackfillRecord record) {
        return !record.isUndoWanted() && (record.state() != State.FAILED || record.isRetryWanted());
    }

    /** Returns whether it was free. */
    private boolean runIfFree(RegisteredBackfill backfill, boolean sessions) {
        // Without the server's clock, only a contender that waits can see that the holder is silent.
        Duration wait = sessions
                ? Duration.ZERO
                : settings.lock().lease().multipliedBy(2).plus(settings.lock().skew());
        try {
            run(backfill, settings.lock().waiting(wait));
        } catch (LockHeldException e) {
            log.debug("Another instance runs backfill '{}'", backfill.id(), e);
            return false;
        } catch (RuntimeException e) {
            log.warn(
                    "Environment '{}': backfill '{}' stopped; an instance will continue it",
                    environment.name(),
                    backfill.id(),
                    e);
        }
        return true;
    }

    /** Runs one backfill until it ends or is stopped. */
    public void run(RegisteredBackfill backfill) {
        run(backfill, settings.lock());
    }

    private void run(RegisteredBackfill backfill, LockSettings timing) {
        EnvironmentLock lock = lock(environment, settings, timing, backfill.id());
        try (HeldLock held = stop.interrupting(() -> lock.acquire("backfill", null, LockLog.of(environment.name())))) {
            BackfillRecord before = records.claim(backfill.id(), held);
            if (!history.done().contains(backfill.id()) && isReady(before)) {
                history.start(backfill.id(), held);
                run(backfill, held, before);
            }
        }
    }

    private void run(RegisteredBackfill backfill, HeldLock held, BackfillRecord before) {
        BackfillSource source;
        try {
            source = backfill.backfill().source();
        } catch (RuntimeException e) {
            records.write(
                    backfill.id(),
                    held,
                    List.of(
                            Updates.set(BackfillRecord.STATE, State.FAILED.name()),
                            Updates.set(BackfillRecord.ERROR, "It has no source: " + e)));
            throw e;
        }
        Deployment deployment = Deployment.of(environment.ownClient());
        log.info(
                "Environment '{}': backfill '{}' of collection '{}' {}",
                environment.name(),
                backfill.id(),
                source.collection(),
                before.collection() == null ? "starts" : "continues");
        RunScope scope = new RunScope(environment, backfill, settings, held, deployment, stop);
        BackfillRecord after = observed(backfill, scope, source, before);
        String error = after.error();
        if (error != null) {
            log.error("Environment '{}': backfill '{}' failed: {}", environment.name(), backfill.id(), error);
        } else {
            log.info(
                    "Environment '{}': backfill '{}' {}: {}",
                    environment.name(),
                    backfill.id(),
                    after.state() == State.DONE ? "is done" : "was stopped",
                    after.progress());
        }
    }

    private BackfillRecord observed(
            RegisteredBackfill backfill, RunScope scope, BackfillSource source, BackfillRecord before) {
        ObservedOperation operation =
                ObservedOperation.by(listener, Operation.Kind.BACKFILL, environment.name(), backfill.id());
        return operation.run(
                () -> {
                    new BackfillRun(
                                    scope,
                                    source,
                                    before,
                                    progress ->
                                            operation.progressed("pass " + progress.pass(), progress.examined(), 0, -1))
                            .execute();
                    return records.find(backfill.id());
                },
                this::end);
    }

    private OperationEvent end(Operation operation, BackfillRecord after) {
        String task = "run backfill '" + after.id() + "' on";
        String error = after.error();
        if (error != null) {
            return new OperationEvent.Failed(
                    operation, new TransferFailedException(task, environment.name(), error, List.of(), null));
        }
        return after.state() == State.DONE
                ? new OperationEvent.Succeeded(operation, after.progress())
                : new OperationEvent.Failed(
                        operation, new OperationInterruptedException(task, environment.name(), null));
    }
}
