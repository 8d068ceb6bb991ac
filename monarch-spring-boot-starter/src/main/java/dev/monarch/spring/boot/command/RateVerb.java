package dev.monarch.spring.boot.command;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import dev.monarch.backfill.Backfills;
import dev.monarch.backfill.Backfills.Rate;
import dev.monarch.spring.boot.advice.ExitCode;

/** Changes the rate of a backfill. */
@Command(
        name = "rate",
        description = "Change the rate of a backfill. Without options, it is that of the properties again.",
        footer = {
            "  monarch rate 202612011200-weight-in-kg production --duty-cycle 0.5",
            "      Half of the time. What is not given is decided by the properties.",
            "  monarch rate 202612011200-weight-in-kg --max-documents 500",
            "      At most 500 documents a second."
        })
final class RateVerb extends BackfillVerb {

    @Option(
            names = "--duty-cycle",
            paramLabel = "SHARE",
            description = "Share of time in which it works, for example 0.5.")
    private @Nullable Double dutyCycle;

    @Option(
            names = "--max-documents",
            paramLabel = "N",
            description = "Maximum number of documents that it changes per second.")
    private @Nullable Long maxDocuments;

    RateVerb(ListableBeanFactory beans) {
        super(beans);
    }

    @Override
    void control(Backfills backfills, String id) {
        try {
            backfills.rate(id, new Rate(dutyCycle, maxDocuments));
        } catch (IllegalArgumentException e) {
            throw new CommandException(ExitCode.WRONG_USE, e.getMessage() + ".");
        }
    }
}
