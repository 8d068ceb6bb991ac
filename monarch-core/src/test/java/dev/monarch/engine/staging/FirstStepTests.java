package dev.monarch.engine.staging;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import com.mongodb.MongoInterruptedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Threads of a load that wait until a collection is created. */
@Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FirstStepTests {

    private final FirstStep step = new FirstStep();

    @Test
    void aStepThatIsSkippedKeepsNoThread() throws InterruptedException {
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        Thread waiting = new Thread(() -> {
            try {
                step.await();
            } catch (RuntimeException e) {
                thrown.complete(e);
            }
        });
        waiting.setDaemon(true);
        waiting.start();

        waiting.interrupt();

        waiting.join(TimeUnit.SECONDS.toMillis(5));
        assertThat(waiting.isAlive()).isFalse();
        assertThat(thrown).isCompletedWithValueMatching(MongoInterruptedException.class::isInstance);
    }

    @ParameterizedTest
    @ValueSource(classes = {IllegalStateException.class, NoClassDefFoundError.class})
    void whatTheStepThrowsIsWhatOthersReceive(Class<? extends Throwable> type) throws ReflectiveOperationException {
        Throwable failure = type.getConstructor(String.class).newInstance("no dogs here");

        assertThatThrownBy(() -> step.run(() -> FirstStepTests.<RuntimeException>raise(failure)))
                .isSameAs(failure);

        assertThatThrownBy(step::await).isSameAs(failure);
    }

    @Test
    void othersContinueAfterTheStep() {
        step.run(() -> {});

        assertThatCode(step::await).doesNotThrowAnyException();
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void raise(Throwable failure) throws T {
        throw (T) failure;
    }
}
