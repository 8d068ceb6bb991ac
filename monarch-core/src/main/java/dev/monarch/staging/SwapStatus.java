package dev.monarch.staging;

import java.util.List;
import java.util.Map;

import dev.monarch.staging.SwapStep.Kind;

/**
 * How a replacement that has begun stands, seen from what stands in the database.
 *
 * @param progress what it is, and how far it has come
 * @param steps what it does, in order; none while it is loading
 */
public record SwapStatus(SwapProgress progress, List<Step> steps) {

    /**
     * Creates a status.
     *
     * @param progress what it is
     * @param steps what it does, which are copied
     */
    public SwapStatus {
        steps = List.copyOf(steps);
    }

    /** What a step does. */
    public enum Action {
        /** Puts a collection that was loaded under its name, over the one that stands there. */
        REPLACE,
        /** Creates a view. */
        CREATE_VIEW,
        /** Drops a collection or a view that does not come, or makes room for another kind. */
        REMOVE
    }

    /** How a step stands. */
    public enum State {
        /** It is done. */
        DONE,
        /** It can be done. */
        PENDING,
        /** Others have created something under its name, or removed what was loaded for it. */
        BLOCKED
    }

    /**
     * A step.
     *
     * @param collection the collection or view
     * @param action what is done to it
     * @param state how it stands
     */
    public record Step(String collection, Action action, State state) {}

    static SwapStatus of(Journal.Entry entry, TargetCatalogue catalogue) {
        Map<String, TargetCatalogue.Standing> standing = entry.steps().isEmpty() ? Map.of() : catalogue.byName();
        List<Step> steps = entry.steps().stream()
                .map(step -> new Step(
                        step.target(),
                        action(step),
                        State.valueOf(step.state(standing).name())))
                .toList();
        int done =
                (int) steps.stream().filter(step -> step.state() == State.DONE).count();
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

    private static Action action(SwapStep step) {
        if (step.kind() == Kind.DROP || step.kind() == Kind.EMPTY) {
            return Action.REMOVE;
        }
        return step.kind() == Kind.CREATE_VIEW ? Action.CREATE_VIEW : Action.REPLACE;
    }
}
