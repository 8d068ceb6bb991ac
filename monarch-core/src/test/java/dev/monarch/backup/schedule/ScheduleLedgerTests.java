package dev.monarch.backup.schedule;

import java.time.Instant;

import org.junit.jupiter.api.Test;

import dev.monarch.backup.schedule.BackupSchedule.ScheduledRun.State;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;

/** Of several instances that have read the same entry, only one can change it. */
@MongoTest
class ScheduleLedgerTests {

    private static final Instant ONE = Instant.parse("2026-11-20T01:00:00Z");

    private static final Instant TWO = Instant.parse("2026-11-20T02:00:00Z");

    private static final Instant THREE = Instant.parse("2026-11-20T03:00:00Z");

    @Test
    void aDueTimeIsClaimedOnce(TestMongo mongo) {
        ScheduleLedger ledger = ledger(mongo);
        ScheduleEntry seen = ledger.read(ONE);
        assertThat(seen.isOver(ONE)).isTrue();
        assertThat(seen.isOver(TWO)).isFalse();

        String run = ledger.claim(seen, TWO, TWO).orElseThrow();

        assertThat(ledger(mongo).claim(seen, TWO, TWO)).isEmpty();
        assertThat(ledger(mongo).claim(seen, THREE, THREE)).isEmpty();
        assertThat(ledger.isOf(run)).isTrue();
        ledger.end(run, "taken", TWO);
        assertThat(ledger(mongo).claim(seen, TWO, THREE)).isEmpty();
        assertThat(ledger.read(THREE).isOver(TWO)).isTrue();
    }

    @Test
    void aDueTimeIsSkippedOnceAndTheCurrentRunStillEnds(TestMongo mongo) {
        ScheduleLedger ledger = ledger(mongo);
        String run = ledger.claim(ledger.read(ONE), TWO, TWO).orElseThrow();
        ScheduleEntry seen = ledger.read(ONE);

        assertThat(ledger.skip(seen, THREE)).isTrue();
        assertThat(ledger(mongo).skip(seen, THREE)).isFalse();

        assertThat(ledger.end(run, "taken", TWO)).contains(THREE);
        assertThat(ledger.read(ONE).slot()).isEqualTo(THREE);
    }

    @Test
    void aReplacedRunChangesNothing(TestMongo mongo) {
        ScheduleLedger ledger = ledger(mongo);
        String dead = ledger.claim(ledger.read(ONE), TWO, TWO).orElseThrow();
        String heir = ledger.claim(ledger.read(ONE), TWO, THREE).orElseThrow();

        ledger.release(dead);
        assertThat(ledger.end(dead, "taken", THREE)).isEmpty();

        assertThat(ledger.isOf(dead)).isFalse();
        assertThat(ledger.isOf(heir)).isTrue();
        assertThat(ledger.read(ONE))
                .extracting(ScheduleEntry::state, ScheduleEntry::slot, ScheduleEntry::attempts)
                .containsExactly(State.RUNNING, TWO, 2);
    }

    private static ScheduleLedger ledger(TestMongo mongo) {
        return new ScheduleLedger(mongo.database(), "nightly", "web-1:4711");
    }
}
