package dev.monarch.engine.migration;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Set;

import com.mongodb.MongoException;
import com.mongodb.ReadConcern;
import com.mongodb.ReadPreference;
import com.mongodb.TransactionOptions;
import com.mongodb.WriteConcern;
import com.mongodb.client.ClientSession;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.data.mongodb.MongoTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Runs a migration in one transaction of the run's session.
 *
 * <p>The driver's {@code withTransaction} drives it, and retries what the server calls transient. Spring only binds the
 * session to the application's factory meanwhile, through a transaction manager of our own, so that the application's
 * templates and repositories take part; the application's own beans are not changed.
 */
final class MigrationTransaction {

    /** Read concern local, for the server creates collections and indexes in a transaction with no other. */
    private static final TransactionOptions MAJORITY = TransactionOptions.builder()
            .readConcern(ReadConcern.LOCAL)
            .writeConcern(WriteConcern.MAJORITY)
            .readPreference(ReadPreference.primary())
            .build();

    /** OperationNotSupportedInTransaction. */
    private static final int NOT_IN_A_TRANSACTION = 263;

    private static final Set<String> DRIVEN_BY_THE_DRIVER =
            Set.of("startTransaction", "commitTransaction", "abortTransaction", "close");

    private final ClientSession session;

    private final @Nullable MongoDatabaseFactory databases;

    private final TransactionLifetime lifetime;

    MigrationTransaction(
            ClientSession session, @Nullable MongoDatabaseFactory databases, TransactionLifetime lifetime) {
        this.session = session;
        this.databases = databases;
        this.lifetime = lifetime;
    }

    /**
     * Runs the body, perhaps several times, and commits.
     *
     * @throws Exception what the body threw the last time, or what the commit did
     */
    void run(InterruptibleWork.Work body) throws Exception {
        try {
            session.withTransaction(
                    () -> {
                        requireTimeLeft();
                        runBound(body);
                        return session;
                    },
                    MAJORITY);
        } catch (Carried carried) {
            throw carried.content();
        }
    }

    /** What the server ended because it lasted too long is called transient, and would last as long the next time. */
    private void requireTimeLeft() {
        lifetime.begin().ifPresent(limit -> {
            throw new Carried(new IllegalStateException("The transaction lasted longer than the "
                    + limit.toSeconds()
                    + " s that the server lets one last (transactionLifetimeLimitSeconds), which ended"
                    + " it. Do less in one migration, or do it without 'transactional = true' and keep checkpoints"));
        });
    }

    private void runBound(InterruptibleWork.Work body) {
        if (databases == null) {
            runOnce(body);
            return;
        }
        MongoTransactionManager binding = new MongoTransactionManager(new BindingFactory(databases, undriven(session)));
        new TransactionTemplate(binding).executeWithoutResult(status -> runOnce(body));
    }

    private static void runOnce(InterruptibleWork.Work body) {
        try {
            body.run();
        } catch (Exception e) {
            throw carry(e);
        }
    }

    /** The driver retries by what it sees: its own exception, not the one that Spring Data wraps around it. */
    private static RuntimeException carry(Exception error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof MongoException mongo) {
                if (mongo.hasErrorLabel(MongoException.TRANSIENT_TRANSACTION_ERROR_LABEL)) {
                    return mongo;
                }
                if (mongo.getCode() == NOT_IN_A_TRANSACTION) {
                    return new Carried(new IllegalStateException(
                            "The server refuses this in a transaction: dropping, renaming or changing a collection, or an index"
                                    + " on one that holds documents. Do it in a migration of its own without"
                                    + " 'transactional = true'. The server said: " + mongo.getMessage(),
                            error));
                }
            }
        }
        return new Carried(error);
    }

    private static ClientSession undriven(ClientSession session) {
        return (ClientSession) Proxy.newProxyInstance(
                ClientSession.class.getClassLoader(),
                new Class<?>[] {ClientSession.class},
                (proxy, method, arguments) -> {
                    if (DRIVEN_BY_THE_DRIVER.contains(method.getName())) {
                        return null;
                    }
                    try {
                        return method.invoke(session, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause() != null ? e.getCause() : e;
                    }
                });
    }

    /** Carries a checked exception through code that declares none. */
    private static final class Carried extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient Exception content;

        Carried(Exception content) {
            super(content);
            this.content = content;
        }

        Exception content() {
            return content;
        }
    }
}
