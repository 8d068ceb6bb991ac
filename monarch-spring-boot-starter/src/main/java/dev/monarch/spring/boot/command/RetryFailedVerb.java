package dev.monarch.spring.boot.command;

import org.springframework.beans.factory.ListableBeanFactory;
import picocli.CommandLine.Command;

import dev.monarch.backfill.Backfills;

/** Lets a failed backfill continue. */
@Command(
        name = "retry-failed",
        description = "Let a failed backfill try the documents again that it has set aside.",
        footer = {
            "  monarch retry-failed 202612011200-weight-in-kg production",
            "      'monarch backfills production -v' shows the documents."
        })
final class RetryFailedVerb extends BackfillVerb {

    RetryFailedVerb(ListableBeanFactory beans) {
        super(beans);
    }

    @Override
    void control(Backfills backfills, String id) {
        backfills.retryFailed(id);
    }
}
