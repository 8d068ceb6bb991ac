package dev.monarch.spring.boot.command;

import java.util.List;

import org.bson.Document;
import org.springframework.beans.factory.ListableBeanFactory;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import dev.monarch.backfill.BackfillStatus;
import dev.monarch.backfill.Backfills;

/** A verb that controls one backfill, whichever process runs it. */
abstract class BackfillVerb extends VerbInContext {

    @Parameters(paramLabel = "ID", description = "The backfill.")
    private String id;

    @Mixin
    private OptionalEnvironment environment;

    private final ListableBeanFactory beans;

    BackfillVerb(ListableBeanFactory beans) {
        this.beans = beans;
    }

    /** Controls it. */
    abstract void control(Backfills backfills, String id);

    @Override
    final Report run() {
        Backfills backfills = Beans.backfills(beans);
        control(backfills, id);
        BackfillStatus status = backfills.status(id);
        String name = backfills.environment().name();
        return Report.done(
                List.of("Environment '" + name + "': backfill '" + id + "' " + status.summary() + "."),
                new Document("environment", name).append("backfill", BackfillTexts.document(status)));
    }
}
