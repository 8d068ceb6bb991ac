package dev.monarch.spring.boot.command;

import org.springframework.beans.factory.ListableBeanFactory;
import picocli.CommandLine.Command;

import dev.monarch.backfill.Backfills;

/** Pauses a backfill. */
@Command(
        name = "pause",
        description = "Pause a backfill after its current batch, until it is resumed.",
        footer = {
            "  monarch pause 202612011200-weight-in-kg production",
            "      It stays paused when its application is started again."
        })
final class PauseVerb extends BackfillVerb {

    PauseVerb(ListableBeanFactory beans) {
        super(beans);
    }

    @Override
    void control(Backfills backfills, String id) {
        backfills.pause(id);
    }
}
