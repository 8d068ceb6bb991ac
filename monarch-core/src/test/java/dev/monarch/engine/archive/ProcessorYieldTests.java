package dev.monarch.engine.archive;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.monarch.archive.Compression;
import dev.monarch.engine.transfer.TransferPace;
import dev.monarch.transfer.CollectionSelection;
import dev.monarch.transfer.Pace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** At a gentle pace, compressing threads leave the processors to others. */
class ProcessorYieldTests {

    private static final byte[] DUMP = Fixture.bytes("mongodb-5.0/kennel_fixture-without-big.archive");

    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private final AtomicBoolean ended = new AtomicBoolean();

    private final List<Thread> busy = new ArrayList<>();

    /** More threads than processors have something to do. */
    @BeforeEach
    void useAllProcessors() {
        for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
            Thread thread = new Thread(this::spin, "busy");
            thread.start();
            busy.add(thread);
        }
    }

    private void spin() {
        while (!ended.get()) {
            Thread.onSpinWait();
        }
    }

    @AfterEach
    void leaveProcessors() throws InterruptedException {
        ended.set(true);
        for (Thread thread : busy) {
            thread.join();
        }
    }

    @Test
    void aGentleThreadPausesIfItMustWaitForAProcessor() {
        ProcessorYield processors = new ProcessorYield(TransferPace.of(Pace.GENTLE));

        await().atMost(TIMEOUT).until(() -> {
            step(processors);
            return processors.paused() > 0;
        });
    }

    @Test
    void atFullPaceItNeverPauses() {
        ProcessorYield processors = new ProcessorYield(TransferPace.of(Pace.FULL));

        for (int i = 0; i < 100; i++) {
            step(processors);
        }

        assertThat(processors.paused()).isZero();
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void aGentleArchiveNextToOthersHasTheSameContent(Compression compression) throws Exception {
        MemoryOutput output = new MemoryOutput();
        write(DUMP, output, compression, Pace.GENTLE);

        MemoryOutput again = new MemoryOutput();
        write(output.toByteArray(), again, Compression.NONE, Pace.FULL);
        MemoryOutput expected = new MemoryOutput();
        write(DUMP, expected, Compression.NONE, Pace.FULL);
        assertThat(again.toByteArray()).isEqualTo(expected.toByteArray());
    }

    @Test
    void aGentleArchiveIsCompressedWithLessWork() throws Exception {
        MemoryOutput gentle = new MemoryOutput();
        write(DUMP, gentle, Compression.ZSTD, Pace.GENTLE);
        MemoryOutput full = new MemoryOutput();
        write(DUMP, full, Compression.ZSTD, Pace.FULL);

        assertThat(gentle.toByteArray()).isNotEqualTo(full.toByteArray());
        assertThat(gentle.toByteArray().length)
                .isBetween(full.toByteArray().length, full.toByteArray().length * 11 / 10);
    }

    private static void write(byte[] archive, MemoryOutput output, Compression compression, Pace pace)
            throws IOException {
        try (ArchiveSource source = ArchiveSource.open(new ByteArrayInputStream(archive), CollectionSelection.ALL);
                ArchiveSink sink = new ArchiveSink(output, "5.0.0", compression, TransferPace.of(pace))) {
            source.transferTo(sink);
            sink.complete();
        }
    }

    /** Uses a processor for a few milliseconds. */
    private static void step(ProcessorYield processors) {
        ProcessorYield.Step step = processors.begin();
        long until = System.nanoTime() + Duration.ofMillis(5).toNanos();
        while (System.nanoTime() < until) {
            Thread.onSpinWait();
        }
        step.end();
    }
}
