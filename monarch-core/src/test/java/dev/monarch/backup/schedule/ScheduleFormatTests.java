package dev.monarch.backup.schedule;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.monarch.backup.schedule.BackupSchedule.ScheduledRun;
import dev.monarch.backup.schedule.ScheduledBackups.ScheduledBackup;
import dev.monarch.guide.FormatPage;
import dev.monarch.guide.FormatPage.Field;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;

/** Compares docs/format.md with the schedules that are written and read. */
@MongoTest
class ScheduleFormatTests {

    private static final FormatPage PAGE = FormatPage.section("`monarch.schedules`");

    private static final Map<String, Field> FIELDS = PAGE.fields("field");

    @TempDir
    private Path folder;

    @Test
    void thePageHasExactlyTheFieldsThatAreWritten(TestMongo mongo) {
        Night night = new Night(mongo, folder.resolve("backups"));
        List<BsonDocument> seen = new ArrayList<>();
        ScheduledBackup instance = night.instance(() -> seen.add(entry(night)));

        instance.runIfDue();
        seen.add(entry(night));
        night.at("02:00");
        instance.runIfDue();
        seen.add(entry(night));

        assertThat(seen)
                .extracting(entry -> entry.getString("state").getValue())
                .containsExactly("ENDED", "RUNNING", "ENDED");
        FormatPage.assertSame(FIELDS, FormatPage.paths(FIELDS, seen), field -> false);
    }

    private static BsonDocument entry(Night night) {
        return night.entry().toBsonDocument();
    }

    @Test
    void theSampleHasEveryFieldOfTheTable() {
        FormatPage.assertSame(FIELDS, FormatPage.paths(FIELDS, PAGE.samples()), field -> false);
    }

    @Test
    void monarchCanReadTheSample() {
        ScheduleEntry read = ScheduleEntry.of(Document.parse(PAGE.blocks("json").get(0)));

        assertThat(read.state()).isEqualTo(ScheduledRun.State.ENDED);
        assertThat(read.slot()).isEqualTo("2026-11-21T01:30:00Z");
        assertThat(read.run()).startsWith("5b0c");
        assertThat(read.attempts()).isOne();
        assertThat(read.since()).isEqualTo("2026-11-21T01:30:00.012Z");
    }
}
