package dev.monarch.engine.staging;

import java.util.List;
import java.util.Map;

import dev.monarch.replacement.SwapService.SwapStatus;
import dev.monarch.replacement.SwapService.SwapStatus.SwapProgress;

/** Compares an entry of the journal with the collections of the target. */
final class JournalStatus {

    private JournalStatus() {}

    static SwapStatus of(Journal.Entry entry, TargetCatalogue catalogue) {
        Map<String, TargetCatalogue.Existing> existing = entry.steps().isEmpty() ? Map.of() : catalogue.byName();
        List<SwapStatus.Step> steps = entry.steps().stream()
                .map(step -> new SwapStatus.Step(
                        step.target(),
                        action(step),
                        SwapStatus.State.valueOf(step.state(existing).name())))
                .toList();
        int done = (int) steps.stream()
                .filter(step -> step.state() == SwapStatus.State.DONE)
                .count();
        return new SwapStatus(
                new SwapProgress(
                        entry.purpose(),
                        entry.host(),
                        entry.since(),
                        done,
                        steps.size(),
                        entry.state() == Journal.State.LOADING_IN_PLACE),
                steps);
    }

    private static SwapStatus.Action action(SwapStep step) {
        if (step.kind() == SwapStep.Kind.DROP || step.kind() == SwapStep.Kind.EMPTY) {
            return SwapStatus.Action.REMOVE;
        }
        return step.kind() == SwapStep.Kind.CREATE_VIEW ? SwapStatus.Action.CREATE_VIEW : SwapStatus.Action.REPLACE;
    }
}
