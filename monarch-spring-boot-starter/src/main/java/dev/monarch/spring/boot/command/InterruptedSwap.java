package dev.monarch.spring.boot.command;

import java.util.ArrayList;
import java.util.List;

import org.bson.Document;
import org.springframework.beans.factory.ListableBeanFactory;

import dev.monarch.replacement.SwapService.ForeignJournalEntry;
import dev.monarch.replacement.SwapService.SwapStatus;
import dev.monarch.replacement.SwapService.SwapStatus.SwapProgress;
import dev.monarch.spring.boot.advice.Advice;

/** Ends and describes a swap that was interrupted. */
final class InterruptedSwap {

    private InterruptedSwap() {}

    /**
     * Ends it before anything is changed, as the start of an application does. A dry run only reports it.
     *
     * @return the warnings: what a dry run would end, and which journal entries are ignored
     */
    static List<String> endOrReport(boolean dryRun, ListableBeanFactory beans) {
        String environment = Beans.environments(beans).own().name();
        List<String> warnings = new ArrayList<>();
        if (dryRun) {
            Beans.swaps(beans).status(environment).ifPresent(swap -> warnings.add(describe(environment, swap)));
        } else {
            Beans.endInterruptedSwap(beans);
        }
        warnings.addAll(describe(environment, Beans.swaps(beans).foreign(environment)));
        return warnings;
    }

    static List<String> describe(String environment, List<ForeignJournalEntry> foreign) {
        return Advice.lines(
                foreign.stream().map(entry -> entry.fact(environment)).toList(), environment);
    }

    static List<Document> documents(List<ForeignJournalEntry> foreign) {
        return Report.each(foreign, entry -> new Document("id", entry.id()).append("reason", entry.reason()));
    }

    /** As {@link #endOrReport}, but prints the warnings on standard error. */
    static void endOrReport(boolean dryRun, CommandConsole console, ListableBeanFactory beans) {
        console.warn(endOrReport(dryRun, beans));
    }

    static String describe(String environment, SwapStatus status) {
        SwapProgress swap = status.progress();
        String who = swap.host() + " since " + Texts.time(swap.since());
        if (swap.inPlace()) {
            return "A restore in place by " + who + " has not ended: the data is incomplete. Run the restore again.";
        }
        if (swap.total() == 0) {
            return "A restore by " + who + " is loading, or its process died. Nothing has been replaced.";
        }
        return "A swap by " + who + " has not ended: " + swap.done() + " of " + swap.total() + " steps are done"
                + (isBlocked(status)
                        ? ", and others have changed collections that it has yet to replace. "
                        : ". The next start, or the next command that changes something, completes it; ")
                + "'monarch swap " + environment + " --status' shows each step.";
    }

    static boolean isBlocked(SwapStatus status) {
        return status.steps().stream().anyMatch(step -> step.state() == SwapStatus.State.BLOCKED);
    }

    static Document document(SwapStatus status) {
        SwapProgress progress = status.progress();
        return new Document("purpose", progress.purpose())
                .append("host", progress.host())
                .append("since", progress.since().toString())
                .append("inPlace", progress.inPlace())
                .append("done", progress.done())
                .append("total", progress.total())
                .append(
                        "steps",
                        Report.each(
                                status.steps(),
                                step -> new Document("collection", step.collection())
                                        .append("action", step.action().name())
                                        .append("state", step.state().name())));
    }
}
