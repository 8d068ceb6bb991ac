package dev.monarch.spring.boot.command;

import org.springframework.beans.factory.ListableBeanFactory;
import picocli.CommandLine.Command;

import dev.monarch.backfill.Backfills;

/** Resumes a backfill. */
@Command(
        name = "resume",
        description = "Resume a backfill that was paused.",
        footer = {
            "  monarch resume 202612011200-weight-in-kg production",
            "      An instance of the application continues it."
        })
final class ResumeVerb extends BackfillVerb {

    ResumeVerb(ListableBeanFactory beans) {
        super(beans);
    }

    @Override
    void control(Backfills backfills, String id) {
        backfills.resume(id);
    }
}
