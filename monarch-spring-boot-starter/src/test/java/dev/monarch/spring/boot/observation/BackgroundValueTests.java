package dev.monarch.spring.boot.observation;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class BackgroundValueTests {

    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

    private final AtomicInteger reads = new AtomicInteger();

    private final AtomicLong now = new AtomicLong();

    private final BackgroundValue<String> value = new BackgroundValue<>(this::read, Duration.ofSeconds(60), now::get);

    private String read() {
        reads.incrementAndGet();
        try {
            String answer = answers.take();
            if (answer.isEmpty()) {
                throw new IllegalStateException("unreachable");
            }
            return answer;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void awaitValue(String expected) {
        await().untilAsserted(() -> assertThat(value.get()).hasValue(expected));
    }

    @Test
    void itIsReadWhenItIsAskedForAndNoOneWaits() {
        value.changed();
        assertThat(reads).as("no one has asked").hasValue(0);
        assertThat(value.get()).isEmpty();
        assertThat(value.get()).isEmpty();

        answers.add("one");
        awaitValue("one");

        assertThat(reads).hasValue(1);
    }

    @Test
    void anOldValueIsUsedUntilTheNextOneIsRead() {
        answers.add("one");
        value.get();
        awaitValue("one");
        now.addAndGet(Duration.ofSeconds(60).toNanos());
        assertThat(value.get()).hasValue("one");

        answers.add("two");
        awaitValue("two");

        assertThat(reads).hasValue(2);
    }

    @Test
    void aChangeDuringAReadIsReadAfterIt() {
        value.get();
        await().until(() -> reads.get() == 1);
        value.changed();

        answers.add("before the change");
        answers.add("after the change");

        awaitValue("after the change");
    }

    @Test
    void aFailedReadIsNoValueAndIsNotRepeatedAtOnce() {
        answers.add("one");
        value.get();
        awaitValue("one");

        answers.add("");
        value.changed();
        await().untilAsserted(() -> assertThat(value.get()).isEmpty());

        assertThat(reads).hasValue(2);
    }
}
