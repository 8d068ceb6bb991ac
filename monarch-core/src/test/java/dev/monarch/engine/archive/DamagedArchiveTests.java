package dev.monarch.engine.archive;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import dev.monarch.MonarchException;
import dev.monarch.test.TestProcess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** A damaged archive is refused or yields the same documents, also with little memory. */
class DamagedArchiveTests {

    /** In each of the archives. */
    private static final int FLIPS = Integer.getInteger("monarch.proof.flips", 50);

    private static final int LIES = FLIPS / 5;

    /** The step between prefixes of the large fixtures. */
    private static final int STEP = Integer.getInteger("monarch.proof.step", 100_003);

    /** The same for the small fixtures. The profile {@code proof} tests every prefix. */
    private static final int SMALL_STEP = Math.max(1, STEP / 10_000);

    private static final long SEED = Long.getLong("monarch.proof.seed", System.nanoTime());

    @BeforeAll
    static void say() {
        System.out.println("Damage: " + FLIPS + " flips, a prefix in " + STEP + ", monarch.proof.seed=" + SEED);
    }

    static Stream<Damage> large() {
        return Damage.ofFixtures().stream();
    }

    static Stream<Damage> small() {
        return Damage.ofSmallFixtures().stream();
    }

    @ParameterizedTest
    @MethodSource("large")
    void aDamagedDumpIsRefusedOrYieldsTheSameDocuments(Damage damage) {
        System.out.println(damage.truncate(STEP).flip(FLIPS, SEED).overwriteLengths(LIES, SEED));

        assertThat(damage.refused()).isPositive();
    }

    @ParameterizedTest
    @MethodSource("small")
    void aTruncatedSmallArchiveIsRefused(Damage damage) {
        System.out.println(damage.truncate(SMALL_STEP)
                .flip(FLIPS, SEED)
                .overwriteLengths(LIES, SEED)
                .overwriteTypes("data"));

        assertThat(damage.refused()).isPositive();
    }

    @ParameterizedTest
    @EnumSource
    void aMaliciousArchiveIsRefused(HostileArchive hostile) {
        byte[] archive = hostile.archive();
        if (hostile.refusal() == null) {
            assertThat(Damage.read(archive, archive.length)).isEmpty();
        } else {
            assertThatExceptionOfType(MonarchException.class)
                    .isThrownBy(() -> Damage.read(archive, archive.length))
                    .withMessageContaining(hostile.refusal());
        }
    }

    @Test
    void aHeapOf64MegabytesIsEnough() {
        List<String> command = new ArrayList<>(TestProcess.javaCommand());
        // Without workers in the common pool, one archive is read at a time.
        command.addAll(List.of("-Xmx64m", "-Djava.util.concurrent.ForkJoinPool.common.parallelism=0"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(DamagedArchiveProcess.class.getName(), Long.toString(SEED)));
        try (TestProcess process = TestProcess.start(Map.of(), command)) {
            process.awaitLine("DONE"::equals, Duration.ofMinutes(2));

            assertThat(process.awaitExit(Duration.ofSeconds(10))).isZero();
            process.lines().forEach(System.out::println);
        }
    }
}
