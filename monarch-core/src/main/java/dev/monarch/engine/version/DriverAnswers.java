package dev.monarch.engine.version;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

import com.mongodb.client.MongoIterable;
import com.mongodb.session.ClientSession;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * How an update of several steps uses a driver: it waits for the answers of the reactive driver, and has those of the synchronous
 * driver at once. One object for each database factory. Thread-safe.
 */
public abstract class DriverAnswers {

    private final Supplier<? extends @Nullable ClientSession> sessions;

    private volatile boolean transactions = true;

    /**
     * Creates it.
     *
     * @param sessions starts a session, or returns null if the operations may belong to a session of the application already
     */
    protected DriverAnswers(Supplier<? extends @Nullable ClientSession> sessions) {
        this.sessions = sessions;
    }

    /**
     * Uses the synchronous driver.
     *
     * @param sessions starts a session, or returns null if the operations may belong to a session of the application already
     * @return its answers
     */
    public static DriverAnswers synchronous(Supplier<? extends @Nullable ClientSession> sessions) {
        return new Synchronous(sessions);
    }

    /**
     * Returns the answer to a call when it is there.
     *
     * @param answer what the method returned
     * @return the answer
     */
    protected abstract @Nullable Object value(@Nullable Object answer);

    /**
     * Reads the documents of a query.
     *
     * @param find what {@code find} returned
     * @param size the largest number of documents in a group
     * @param groups receives them
     */
    protected abstract void read(Object find, int size, Consumer<List<RawBsonDocument>> groups);

    /**
     * Runs several steps.
     *
     * @param steps the steps; they wait for answers
     * @return what a method of the driver returns for them
     */
    protected abstract @Nullable Object run(Supplier<@Nullable Object> steps);

    /** Starts a session for a transaction; null if there can be none. */
    @Nullable
    ClientSession session() {
        return transactions ? sessions.get() : null;
    }

    /** Remembers that the server has no transactions. Returns false if that is known. */
    boolean rememberNoTransactions() {
        boolean first = transactions;
        transactions = false;
        return first;
    }

    private static final class Synchronous extends DriverAnswers {

        private Synchronous(Supplier<? extends @Nullable ClientSession> sessions) {
            super(sessions);
        }

        @Override
        protected @Nullable Object value(@Nullable Object answer) {
            return answer;
        }

        @Override
        protected void read(Object find, int size, Consumer<List<RawBsonDocument>> groups) {
            List<RawBsonDocument> group = new ArrayList<>();
            ((MongoIterable<?>) find).forEach(document -> {
                group.add((RawBsonDocument) document);
                if (group.size() == size) {
                    groups.accept(List.copyOf(group));
                    group.clear();
                }
            });
            if (!group.isEmpty()) {
                groups.accept(List.copyOf(group));
            }
        }

        @Override
        protected @Nullable Object run(Supplier<@Nullable Object> steps) {
            return steps.get();
        }
    }
}
