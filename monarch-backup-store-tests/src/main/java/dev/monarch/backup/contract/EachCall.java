package dev.monarch.backup.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.monarch.BackupStoreException;
import dev.monarch.backup.BackupStore;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Repeats some work of a store until each of its calls has failed once.
 *
 * @param store the store
 * @param faults decides about its calls
 */
record EachCall(BackupStore store, CallFaults faults) {

    private static final int MOST_CALLS = 1_000;

    /** Something that a store does while its calls fail. */
    interface Work {

        void run(BackupStore store) throws IOException;
    }

    /** What must be true after each failed call. */
    interface Check {

        /** Throws if it is not; {@code failed} if the work said that it had failed. */
        void run(boolean failed) throws Exception;
    }

    void fails(CallFaults.Failure failure, Work work, Check check) {
        for (int call = 1; call <= MOST_CALLS; call++) {
            faults.strike(call, failure);
            Exception failed = failureOf(work);
            List<String> calls = faults.heal();
            if (calls.size() < call) {
                assertThat(failed).as("without a call that failed").isNull();
                assertThat(call).as("calls that failed").isGreaterThan(1);
                return;
            }
            try {
                check.run(failed != null);
            } catch (Throwable e) {
                throw new AssertionError(
                        "After call " + call + ", '" + calls.get(call - 1) + "', " + failure + " (the store said: "
                                + failed + ")",
                        e);
            }
        }
        throw new AssertionError("more than " + MOST_CALLS + " calls");
    }

    private @Nullable Exception failureOf(Work work) {
        try {
            work.run(store);
            return null;
        } catch (BackupStoreException | IOException | UncheckedIOException e) {
            return e;
        }
    }
}
