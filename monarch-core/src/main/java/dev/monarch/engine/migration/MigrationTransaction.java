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
 * <p>The driver's {@code withTransaction} drives the transaction, and retries what the server calls transient.
 * Meanwhile Spring only binds the session to the application's factory, through a transaction manager of Monarch. So
 * the application's templates and repositories take part, and its own beans are not changed.
 */
final class MigrationTransaction {

    /** Read concern local: with any other, the server cannot create collections and indexes in a transaction. */
    private static final TransactionOptions MAJORITY = TransactionOptions.builder()
            .readConcern(ReadConcern.LOCAL)
            .writeConcern(WriteConcern.MAJORITY)
            .readPreference(ReadPreference.primary())
            .build();

    /** OperationNotSupportedInTransaction. */
    private static final int NOT_IN_A_TRANSACTION = 263;

    private static final Set<String> CONTROLLED_BY_DRIVER =
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
     * @throws Exception what the last call of the body or the commit threw
     */
    void run(InterruptibleWork.Body body) throws Exception {
        try {
            session.withTransaction(
                    () -> {
                        requireTimeLeft();
                        runBound(body);
                        return session;
                    },
                    MAJORITY);
        } catch (Wrapped wrapped) {
            throw wrapped.content();
        }
    }

    /**
     * If a transaction lasts too long, the server ends it with a transient error. A retry would last as long.
     */
    private void requireTimeLeft() {
        lifetime.begin().ifPresent(limit -> {
            throw new Wrapped(new IllegalStateException("The transaction took longer than the "
                    + limit.toSeconds()
                    + " s that the server allows (transactionLifetimeLimitSeconds), and the server ended"
                    + " it. Do less in one migration, or remove 'transactional = true' and store checkpoints"));
        });
    }

    private void runBound(InterruptibleWork.Body body) {
        if (databases == null) {
            runOnce(body);
            return;
        }
        MongoTransactionManager binding =
                new MongoTransactionManager(new BindingFactory(databases, withoutTransactionControl(session)));
        new TransactionTemplate(binding).executeWithoutResult(status -> runOnce(body));
    }

    private static void runOnce(InterruptibleWork.Body body) {
        try {
            body.run();
        } catch (Exception e) {
            throw wrap(e);
        }
    }

    /** The driver decides on a retry by its own exception, not by the one that Spring Data wraps around it. */
    private static RuntimeException wrap(Exception error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof MongoException mongo) {
                if (mongo.hasErrorLabel(MongoException.TRANSIENT_TRANSACTION_ERROR_LABEL)) {
                    return mongo;
                }
                if (mongo.getCode() == NOT_IN_A_TRANSACTION) {
                    return new Wrapped(new IllegalStateException(
                            "The server does not allow this in a transaction: to drop, rename or change a collection, or to build an index"
                                    + " on one that has documents. Do it in a separate migration without"
                                    + " 'transactional = true'. The server said: " + mongo.getMessage(),
                            error));
                }
            }
        }
        return new Wrapped(error);
    }

    private static ClientSession withoutTransactionControl(ClientSession session) {
        return (ClientSession) Proxy.newProxyInstance(
                ClientSession.class.getClassLoader(),
                new Class<?>[] {ClientSession.class},
                (proxy, method, arguments) -> {
                    if (CONTROLLED_BY_DRIVER.contains(method.getName())) {
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
    private static final class Wrapped extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient Exception content;

        Wrapped(Exception content) {
            super(content);
            this.content = content;
        }

        Exception content() {
            return content;
        }
    }
}
