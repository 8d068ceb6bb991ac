package dev.monarch.staging;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import dev.monarch.MonarchException;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.transfer.Catalogue;
import dev.monarch.transfer.CatalogueReader;
import dev.monarch.transfer.CollectionDescription;
import dev.monarch.transfer.CollectionType;

/** Looks what replacing a database would do; changes nothing. For one plan. */
public final class ReplacementPlanner {

    private final MonarchEnvironment target;

    private final StagingRequest.Replacement replacement;

    private final List<String> refusals = new ArrayList<>();

    private final List<String> warnings = new ArrayList<>();

    /**
     * Begins a plan.
     *
     * @param target whose database would be replaced
     * @param replacement what of it
     */
    public ReplacementPlanner(MonarchEnvironment target, StagingRequest.Replacement replacement) {
        this.target = target;
        this.replacement = replacement;
    }

    /**
     * Adds a refusal if a check throws one.
     *
     * @param check what would be checked before anything is done
     * @return this planner
     */
    public ReplacementPlanner check(Runnable check) {
        try {
            check.run();
        } catch (MonarchException e) {
            refusals.add(String.valueOf(e.getMessage()));
        }
        return this;
    }

    /**
     * Adds something to think of.
     *
     * @param condition whether it is to be thought of
     * @param warning a sentence
     * @return this planner
     */
    public ReplacementPlanner warnIf(boolean condition, String warning) {
        if (condition) {
            warnings.add(warning);
        }
        return this;
    }

    /**
     * Compares what is there with what would come.
     *
     * @param origin where it would come from
     * @param coming what would come
     * @return the plan
     */
    public ReplacementPlan plan(String origin, Catalogue coming) {
        List<CollectionDescription> standing =
                new CatalogueReader(target.database()).read().collections();
        refuseMissingPrivileges(coming);
        refuseTimeSeries(coming, standing);
        warnOfWrites();
        warnOfInterruptedSwap();
        Set<String> there = standing.stream().map(CollectionDescription::name).collect(Collectors.toSet());
        List<String> comes = coming.collections().stream()
                .map(CollectionDescription::name)
                .filter(name -> !replacement.keep().contains(name))
                .toList();
        List<String> others =
                there.stream().filter(name -> !comes.contains(name)).sorted().toList();
        return new ReplacementPlan(
                origin,
                target.name(),
                comes.stream().filter(there::contains).toList(),
                comes.stream().filter(name -> !there.contains(name)).toList(),
                others.stream().filter(this::goes).toList(),
                others.stream().filter(name -> !goes(name)).toList(),
                refusals,
                warnings);
    }

    private boolean goes(String collection) {
        return replacement.removeOthers() && !replacement.keep().contains(collection);
    }

    private void refuseMissingPrivileges(Catalogue coming) {
        new TargetPrivileges(target)
                .missingToReplace(coming).stream()
                        .map(problem -> "On '" + target.name() + "' " + problem + ".")
                        .forEach(refusals::add);
    }

    private void refuseTimeSeries(Catalogue coming, List<CollectionDescription> standing) {
        for (CollectionDescription collection : standing) {
            if (collection.type() == CollectionType.TIME_SERIES
                    && coming.collection(collection.name()).isPresent()
                    && !replacement.replaceTimeSeries()) {
                refusals.add(
                        "The time series '" + collection.name()
                                + "' is there, which a server replaces by nothing at once; --replace-time-series drops it first.");
            }
        }
    }

    private void warnOfWrites() {
        if (replacement.inPlace()) {
            warnings.add("Loading in place is unsafe: if it fails, '" + target.name()
                    + "' holds a part of the data until all of it is loaded again.");
        } else {
            warnings.add("What others write to '" + target.name() + "' meanwhile "
                    + (replacement.acceptLostWrites() ? "is lost" : "makes it fail before anything is replaced")
                    + ", and change streams on what is replaced end.");
        }
    }

    private void warnOfInterruptedSwap() {
        new InterruptedSwaps(target)
                .find()
                .ifPresent(swap -> warnings.add("An earlier replacement (" + swap.purpose() + ", " + swap.done()
                        + " of " + swap.total() + " collections) is ended first."));
    }
}
