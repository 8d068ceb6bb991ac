package dev.monarch.backup.schedule;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.monarch.LockHeldException;
import dev.monarch.TransferFailedException;
import dev.monarch.backup.schedule.BackupSchedule.ScheduledRun.State;
import dev.monarch.engine.lock.HeldLock;
import dev.monarch.engine.lock.Uninterrupted;

/** One due time of a schedule, which this instance tries to use. For one thread. */
final class DueBackup {

    private static final Logger log = LoggerFactory.getLogger(DueBackup.class);

    private static final int MAX_ATTEMPTS = 3;

    private final BackupSchedule schedule;

    private final ScheduleRun work;

    private final ScheduleLock lock;

    private final ScheduleLedger ledger;

    private final Clock clock;

    private final Instant due;

    private @Nullable Instant over;

    DueBackup(ScheduleRun work, ScheduleLock lock, ScheduleLedger ledger, Clock clock, Instant due) {
        this.schedule = lock.schedule();
        this.work = work;
        this.lock = lock;
        this.ledger = ledger;
        this.clock = clock;
        this.due = due;
    }

    /** Returns the last due time that is finished, as far as this instance knows; null if none is. */
    @Nullable
    Instant over() {
        return over;
    }

    /**
     * Takes the backup if no other instance takes it.
     *
     * @param entry the state of the schedule
     * @return the failure because of which there is no backup
     */
    Optional<RuntimeException> run(ScheduleEntry entry) {
        if (entry.isOver(due)) {
            over = due;
            return Optional.empty();
        }
        if (entry.state() == State.RUNNING) {
            return takeOverOrSkip(entry);
        }
        return ledger.claim(entry, due, clock.instant()).flatMap(this::runUnderLock);
    }

    /** A run holds the lock: if we acquire the lock, no other run is alive. */
    private Optional<RuntimeException> takeOverOrSkip(ScheduleEntry entry) {
        try (HeldLock held = lock.acquire(Duration.ZERO)) {
            return retry(entry, held);
        } catch (LockHeldException e) {
            if (!e.purpose().equals(lock.purpose())) {
                return waitAndTakeOver(entry);
            }
            if (entry.slot().isBefore(due) && ledger.skip(entry, due)) {
                // The run may be of a dead process whose lease has not expired. The due time is checked again
                // later.
                logSkipped(due, entry.slot(), entry.host());
            }
            return Optional.empty();
        }
    }

    /**
     * Another operation holds the lock, so the run of the entry is dead or waits as well. This instance may wait
     * in both cases.
     */
    private Optional<RuntimeException> waitAndTakeOver(ScheduleEntry entry) {
        try (HeldLock held = lock.acquire(lock.waitAtMost())) {
            return retry(entry, held);
        } catch (LockHeldException e) {
            if (!Thread.currentThread().isInterrupted()) {
                ledger.claim(entry, due, clock.instant()).ifPresent(run -> endWithoutLock(run, e));
            }
            return Optional.empty();
        }
    }

    private Optional<RuntimeException> retry(ScheduleEntry entry, HeldLock held) {
        if (entry.since().plus(lock.lease()).isAfter(clock.instant())) {
            // The other run may be about to acquire the lock.
            return Optional.empty();
        }
        if (entry.attemptsAt(due) >= MAX_ATTEMPTS) {
            ledger.end(entry.run(), "abandoned", due);
            over = due;
            log.error(
                    "Schedule {}: abandoned the backup due at {} after {} attempts, whose processes all died; the last"
                            + " one was {}. There is no backup of '{}' for this time",
                    schedule.id(),
                    due,
                    entry.attempts(),
                    entry.host(),
                    schedule.environment());
            TransferFailedException failure = abandoned(entry);
            work.observed(schedule, () -> RunOutcome.missed("abandoned", failure));
            return Optional.of(failure);
        }
        return ledger.claim(entry, due, clock.instant()).flatMap(run -> {
            log.warn("Schedule {}: {} died during the backup; it is taken again", schedule.id(), entry.host());
            return run(run, held);
        });
    }

    private TransferFailedException abandoned(ScheduleEntry entry) {
        return new TransferFailedException(
                "back up",
                schedule.environment(),
                "the processes of all " + entry.attempts() + " attempts died",
                List.of(),
                null);
    }

    private Optional<RuntimeException> runUnderLock(String run) {
        try (HeldLock held = lock.acquire(lock.waitAtMost())) {
            return ledger.isOf(run) ? run(run, held) : Optional.empty();
        } catch (LockHeldException e) {
            if (Thread.currentThread().isInterrupted()) {
                Uninterrupted.run(() -> ledger.release(run));
            } else {
                endWithoutLock(run, e);
            }
            return Optional.empty();
        }
    }

    private void endWithoutLock(String run, LockHeldException held) {
        log.error(
                "Schedule {}: no backup for {}: {} No action is needed; the next backup is due at {}",
                schedule.id(),
                due,
                held.getMessage(),
                schedule.times().next(clock.instant()));
        work.observed(schedule, () -> {
            end(run, "locked");
            return RunOutcome.missed("locked", held);
        });
    }

    private Optional<RuntimeException> run(String run, HeldLock held) {
        return Optional.ofNullable(work.observed(schedule, () -> {
                    RunOutcome outcome = work.run(schedule, held);
                    if (outcome.isInterrupted()) {
                        Uninterrupted.run(() -> ledger.release(run));
                    } else {
                        Uninterrupted.run(() -> end(run, outcome.text()));
                    }
                    return outcome;
                })
                .missed());
    }

    /** Also finishes the due times that passed during the run. */
    private void end(String run, String outcome) {
        Instant latest = Objects.requireNonNullElse(schedule.times().latest(clock.instant()), due);
        Instant passed = latest.isAfter(due) ? latest : due;
        Optional<Instant> before = ledger.end(run, outcome, passed);
        if (before.isPresent() && before.get().isBefore(passed)) {
            logSkipped(passed, due, "this process");
        }
        over = passed;
    }

    private void logSkipped(Instant skipped, Instant running, String host) {
        log.warn(
                "Schedule {}: skipped the backup due at {}, because the backup due at {} was still running on {}",
                schedule.id(),
                skipped,
                running,
                host);
    }
}
