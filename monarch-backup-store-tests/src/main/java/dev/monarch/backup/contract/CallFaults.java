package dev.monarch.backup.contract;

import java.util.ArrayList;
import java.util.List;

/**
 * Decides which calls of a store fail: calls to its file system, its service, or its database.
 *
 * <p>A test puts a layer between the store and what it calls. The layer asks {@link #next} before each call, and acts
 * on the answer. Safe for use by several threads.
 */
public final class CallFaults {

    private final List<String> calls = new ArrayList<>();

    private Failure failure = Failure.FAILS_ONCE;

    private int failingCall;

    private Runnable watcher = () -> {};

    /** What happens to a call. */
    public enum Outcome {
        /** It is made and answered. */
        PASSES,
        /** It is not made. The store sees a failure that no retry can fix. */
        FAILS,
        /** It is made. The store sees a failure instead of the answer. */
        ANSWER_IS_LOST
    }

    /** How calls fail, starting with one of them. */
    enum Failure {
        FAILS_ONCE(Outcome.FAILS, false),
        FAILS_FROM_THEN_ON(Outcome.FAILS, true),
        ANSWER_IS_LOST_ONCE(Outcome.ANSWER_IS_LOST, false),
        ANSWERS_ARE_LOST_FROM_THEN_ON(Outcome.ANSWER_IS_LOST, true);

        private final Outcome outcome;

        private final boolean lasting;

        Failure(Outcome outcome, boolean lasting) {
            this.outcome = outcome;
            this.lasting = lasting;
        }

        boolean isLasting() {
            return lasting;
        }
    }

    /** Creates an instance in which no call fails yet. */
    CallFaults() {}

    /**
     * Records a call that is about to be made, and decides what happens to it.
     *
     * @param call what is called, for the message of a failing test: {@code PUT /bucket/name}
     * @return what happens to it
     */
    public Outcome next(String call) {
        Runnable watching;
        Outcome outcome;
        synchronized (this) {
            calls.add(call);
            outcome = outcomeOf(calls.size());
            watching = watcher;
        }
        watching.run();
        return outcome;
    }

    private Outcome outcomeOf(int call) {
        boolean struck = failingCall > 0 && (call == failingCall || call > failingCall && failure.isLasting());
        return struck ? failure.outcome : Outcome.PASSES;
    }

    /** Makes a call fail. The next call has the number 1. */
    synchronized void strike(int call, Failure how) {
        calls.clear();
        failingCall = call;
        failure = how;
    }

    /** Stops all failures, and returns the calls that were made. */
    synchronized List<String> heal() {
        failingCall = 0;
        return List.copyOf(calls);
    }

    /** Runs something before each call. */
    synchronized void watch(Runnable newWatcher) {
        watcher = newWatcher;
    }
}
