package dev.monarch.spring.boot.command;

import java.util.ArrayList;
import java.util.List;

import org.bson.Document;
import org.springframework.beans.factory.ListableBeanFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import dev.monarch.backfill.BackfillStatus;
import dev.monarch.backfill.Backfills;

/** Shows the backfills of an environment. */
@Command(
        name = "backfills",
        description = "Show the backfills with progress, rate, time left, and documents set aside.",
        footer = {
            "  monarch backfills production",
            "      Those of production, whichever process runs them.",
            "  monarch backfills production -v",
            "      With the documents that could not be changed."
        })
final class BackfillsVerb extends VerbInContext {

    @Mixin
    private OptionalEnvironment environment;

    private final ListableBeanFactory beans;

    BackfillsVerb(ListableBeanFactory beans) {
        this.beans = beans;
    }

    @Override
    Report run() {
        Backfills backfills = Beans.backfills(beans);
        String name = backfills.environment().name();
        List<BackfillStatus> all = backfills.statuses();
        List<String> text = new ArrayList<>();
        if (all.isEmpty()) {
            text.add("Environment '" + name + "': no backfills exist.");
        } else {
            text.addAll(BackfillTexts.table(all, console()));
        }
        if (isVerbose()) {
            all.stream()
                    .filter(backfill -> backfill.progress().setAside() > 0)
                    .forEach(backfill ->
                            text.addAll(BackfillTexts.setAside(backfill.id(), backfills.setAside(backfill.id()))));
        }
        return Report.done(
                text, new Document("environment", name).append("backfills", Report.each(all, BackfillTexts::document)));
    }
}
