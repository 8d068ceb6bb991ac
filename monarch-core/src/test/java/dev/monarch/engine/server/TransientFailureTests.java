package dev.monarch.engine.server;

import java.util.stream.Stream;

import com.mongodb.MongoConnectionPoolClearedException;
import com.mongodb.MongoCredential;
import com.mongodb.MongoCursorNotFoundException;
import com.mongodb.MongoException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.MongoOperationTimeoutException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoSocketReadTimeoutException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.ServerAddress;
import com.mongodb.connection.ClusterId;
import com.mongodb.connection.ServerId;
import org.bson.BsonDocument;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class TransientFailureTests {

    private static final ServerAddress SERVER = new ServerAddress();

    private static final MongoCredential KEEPER = MongoCredential.createCredential("keeper", "admin", new char[0]);

    static Stream<MongoException> transientFailuresAreRecognized() {
        return Stream.of(
                new MongoSocketReadTimeoutException("slow", SERVER, new RuntimeException()),
                new MongoConnectionPoolClearedException(
                        new ServerId(new ClusterId(), SERVER), new RuntimeException("another connection broke")),
                new MongoTimeoutException("no primary within 30 s"),
                new MongoCursorNotFoundException(1, BsonDocument.parse("{code: 43, errmsg: 'gone'}"), SERVER),
                new MongoSecurityException(KEEPER, "the handshake broke", new MongoException(91, "ShutdownInProgress")),
                labelled("RetryableWriteError"),
                labelled("TransientTransactionError"));
    }

    @ParameterizedTest
    @MethodSource
    void transientFailuresAreRecognized(MongoException failure) {
        assertThat(TransientFailure.is(failure)).isTrue();
    }

    /** Specification "retryable reads", the table of error codes, and the server's own for cursors. */
    @ParameterizedTest
    @ValueSource(ints = {6, 7, 43, 89, 91, 134, 175, 189, 237, 262, 9001, 10058, 10107, 11600, 11602, 13435, 13436})
    void transientCodesAreRecognized(int code) {
        assertThat(TransientFailure.is(new MongoException(code, "it happens"))).isTrue();
    }

    static Stream<MongoException> otherFailuresAreNotTransient() {
        return Stream.of(
                new MongoOperationTimeoutException("the caller's own limit"),
                new MongoSecurityException(KEEPER, "wrong password", new MongoException(18, "AuthenticationFailed")),
                new MongoSecurityException(KEEPER, "no user"),
                new MongoInterruptedException("interrupted", new InterruptedException()),
                new MongoException("unknown"),
                labelled("UnknownTransactionCommitResult"));
    }

    @ParameterizedTest
    @MethodSource
    void otherFailuresAreNotTransient(MongoException failure) {
        assertThat(TransientFailure.is(failure)).isFalse();
    }

    /** MaxTimeMSExpired, Unauthorized, WriteConcernTimeout, DuplicateKey, Interrupted. */
    @ParameterizedTest
    @ValueSource(ints = {50, 13, 64, 11000, 11601})
    void otherCodesAreNotTransient(int code) {
        assertThat(TransientFailure.is(new MongoException(code, "it stays"))).isFalse();
    }

    private static MongoException labelled(String label) {
        MongoException failure = new MongoException(251, label);
        failure.addLabel(label);
        return failure;
    }
}
