package dev.monarch.staging;

import java.util.ArrayList;
import java.util.List;

import dev.monarch.MonarchException;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.transfer.Catalogue;

/** Works out what replacing a database does, and everything that prevents it; changes nothing. */
final class ReplacementPlanner {

    private final MonarchEnvironment target;

    private final StagingRequest request;

    private final StagingRequest.Replacement replacement;

    ReplacementPlanner(MonarchEnvironment target, StagingRequest request) {
        this.target = target;
        this.request = request;
        this.replacement = request.replacement();
    }

    /** Plans to take what an origin offers. */
    ReplacementPlan plan(ReplacementOrigin origin) {
        List<MonarchException> refusals = refusals(origin);
        List<String> warnings = new ArrayList<>(origin.warnings());
        return plan(origin.title(), origin.coming(), origin.bytes(), refusals, warnings);
    }

    /** Plans to take what has come, whoever brings it. */
    ReplacementPlan plan(Catalogue coming, long bytes) {
        return plan("what comes", coming, bytes, List.of(), new ArrayList<>());
    }

    private ReplacementPlan plan(
            String origin, Catalogue coming, long bytes, List<MonarchException> refusals, List<String> warnings) {
        ReplacementScope scope = scope(coming);
        TargetProblems found = new TargetProblems(target, scope).find(bytes);
        warnOfRemovals(scope, warnings);
        warnOfWrites(warnings);
        warnings.addAll(found.warnings());
        warnOfInterruptedSwap(warnings);
        return new ReplacementPlan(request, target.name(), origin, scope, refusals, found.problems(), warnings);
    }

    /** Looks what stands in the target now. */
    ReplacementScope scope(Catalogue coming) {
        return ReplacementScope.of(coming, new TargetCatalogue(target.ownDatabase()).all(), replacement);
    }

    private static List<MonarchException> refusals(ReplacementOrigin origin) {
        List<MonarchException> refusals = new ArrayList<>();
        for (Runnable check : origin.checks()) {
            try {
                check.run();
            } catch (MonarchException e) {
                refusals.add(e);
            }
        }
        return refusals;
    }

    private void warnOfRemovals(ReplacementScope scope, List<String> warnings) {
        int removed = scope.leaving().size();
        int coming = scope.coming().collections().size();
        if (removed > coming) {
            warnings.add(
                    0,
                    "It removes more than it brings: " + removed + " collections of '" + target.name() + "' go, and "
                            + coming + " come.");
        }
    }

    private void warnOfWrites(List<String> warnings) {
        if (replacement.inPlace()) {
            warnings.add("Loading in place is unsafe: if it fails, '" + target.name()
                    + "' holds a part of the data until all of it is loaded again.");
        } else {
            warnings.add("What others write to '" + target.name() + "' meanwhile "
                    + (replacement.acceptLostWrites() ? "is lost" : "makes it fail before anything is replaced")
                    + ", and change streams on what is replaced end.");
        }
    }

    private void warnOfInterruptedSwap(List<String> warnings) {
        new InterruptedSwaps(target)
                .find()
                .ifPresent(swap -> warnings.add("An earlier replacement (" + swap.purpose() + ", " + swap.done()
                        + " of " + swap.total() + " collections) is ended first."));
    }
}
