package dev.monarch.spring.boot.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.bson.BsonDocument;
import org.bson.Document;
import org.springframework.beans.factory.ListableBeanFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import dev.monarch.backfill.Backfills;
import dev.monarch.backfill.Backfills.UndoReport;
import dev.monarch.backfill.Backfills.UndoReport.LeftDocument;
import dev.monarch.environment.Approval;
import dev.monarch.environment.Guard.GuardedOperation;

/** Undoes a backfill that keeps originals, or the recorded changes of a migration, or removes the originals. */
@Command(
        name = "undo",
        description =
                "Make documents what they were before a backfill that keeps originals, or before a migration that records"
                        + " its changes.",
        footer = {
            "  monarch undo 202612011200-weight-in-kg production",
            "      Documents that others have changed since are left and listed.",
            "  monarch undo 202612011200-weight-in-kg production --dry-run",
            "      Show how many documents have originals.",
            "  monarch undo 202612011200-weight-in-kg production --remove-originals",
            "      The change is final. Free the space of the originals."
        })
final class UndoVerb extends VerbInContext {

    private static final int MOST_LEFT = 20;

    @Parameters(paramLabel = "ID", description = "The backfill or migration.")
    private String id;

    @Mixin
    private OptionalEnvironment environment;

    @Option(names = "--remove-originals", description = "Undo nothing, and remove the originals.")
    private boolean removeOriginals;

    @Option(names = "--dry-run", description = "Show what would be done without doing it.")
    private boolean dryRun;

    @Mixin
    private Confirmation confirmation;

    private final ListableBeanFactory beans;

    UndoVerb(ListableBeanFactory beans) {
        this.beans = beans;
    }

    @Override
    Report run() {
        Backfills backfills = Beans.backfills(beans);
        if (!removeOriginals) {
            // Asks for confirmation only after everything else is known to be possible.
            backfills.checkUndo(id);
        }
        Map<String, Long> originals = backfills.originals(id);
        List<String> plan = plan(backfills.environment().name(), originals);
        if (dryRun || originals.isEmpty()) {
            return Report.done(plan, document(backfills).append("originals", new Document(Map.copyOf(originals))));
        }
        Approval approval = confirmation.get(GuardedOperation.UNDO, backfills.environment(), plan);
        if (removeOriginals) {
            backfills.removeOriginals(id, approval);
            return Report.done(
                    List.of("Environment '" + backfills.environment().name() + "': the originals of '" + id
                            + "' were removed. It can no longer be undone."),
                    document(backfills).append("removed", true));
        }
        return report(backfills.undo(id, approval));
    }

    private Document document(Backfills backfills) {
        return new Document("environment", backfills.environment().name()).append("id", id);
    }

    private List<String> plan(String name, Map<String, Long> originals) {
        List<String> lines = new ArrayList<>();
        if (originals.isEmpty()) {
            lines.add("Environment '" + name + "': '" + id + "' has no originals.");
        }
        originals.forEach((collection, number) -> lines.add("Environment '" + name + "': "
                + (removeOriginals
                        ? "the originals of " + Texts.count(number, "document") + " of '" + collection
                                + "' will be removed. It cannot be undone then."
                        : Texts.count(number, "document") + " of '" + collection
                                + "' will become what they were before '" + id
                                + "'. Those that others have changed since are left. A backfill does not run again"
                                + " until it is resumed.")));
        return lines;
    }

    private static Report report(UndoReport undo) {
        List<String> lines = new ArrayList<>();
        lines.add("Environment '" + undo.environment() + "': " + Texts.count(undo.undone(), "document") + " undone, "
                + undo.left() + " left"
                + (undo.complete() ? "." : ". It was stopped before the end: run it again to continue."));
        undo.documents().stream().limit(MOST_LEFT).map(UndoVerb::line).forEach(lines::add);
        if (undo.left() > MOST_LEFT) {
            lines.add("    and " + (undo.left() - MOST_LEFT) + " more");
        }
        return Report.done(
                lines,
                new Document("environment", undo.environment())
                        .append("id", undo.id())
                        .append("undone", undo.undone())
                        .append("left", undo.left())
                        .append("complete", undo.complete())
                        .append(
                                "documents",
                                Report.each(
                                        undo.documents(),
                                        left -> new Document("collection", left.collection())
                                                .append("document", left.document())
                                                .append("reason", left.reason()))));
    }

    private static String line(LeftDocument left) {
        return "    " + left.collection() + " " + new BsonDocument("_id", left.document()).toJson() + ": "
                + left.reason();
    }
}
