package dev.monarch.backup;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import dev.monarch.MonarchException;
import dev.monarch.environment.Guard;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.staging.InterruptedSwaps;
import dev.monarch.staging.TargetPrivileges;
import dev.monarch.transfer.Catalogue;
import dev.monarch.transfer.CatalogueReader;
import dev.monarch.transfer.CollectionDescription;
import dev.monarch.transfer.CollectionType;
import dev.monarch.transfer.ReadReport;

/** Looks what a restore would do; changes nothing. */
final class RestorePlanner {

    private final StoredArchive archive;

    private final RestoreScope scope;

    private final Guard guard;

    private final List<String> refusals = new ArrayList<>();

    private final List<String> warnings = new ArrayList<>();

    RestorePlanner(StoredArchive archive, RestoreScope scope, Guard guard) {
        this.archive = archive;
        this.scope = scope;
        this.guard = guard;
    }

    RestorePlan plan(Catalogue held) {
        MonarchEnvironment target = scope.target();
        List<CollectionDescription> standing =
                new CatalogueReader(target.database()).read().collections();
        Catalogue coming = scope.coming(held);
        Set<String> there = standing.stream().map(CollectionDescription::name).collect(Collectors.toSet());
        List<String> comes =
                coming.collections().stream().map(CollectionDescription::name).toList();
        List<String> others = there.stream()
                .filter(name -> coming.collection(name).isEmpty())
                .sorted()
                .toList();
        refuse(held, coming, standing);
        warn(held);
        return new RestorePlan(
                archive.title(),
                target.name(),
                comes.stream().filter(there::contains).toList(),
                comes.stream().filter(name -> !there.contains(name)).toList(),
                others.stream().filter(this::goes).toList(),
                others.stream().filter(name -> !goes(name)).toList(),
                refusals,
                warnings);
    }

    private boolean goes(String collection) {
        return scope.removesOthers() && !scope.keep().contains(collection);
    }

    private void refuse(Catalogue held, Catalogue coming, List<CollectionDescription> standing) {
        gather(() -> scope.requireApproval(guard));
        gather(scope::requireWhole);
        gather(() -> scope.requireSelected(held));
        new TargetPrivileges(scope.target())
                .missingToReplace(coming).stream()
                        .map(problem -> "On '" + scope.target().name() + "' " + problem + ".")
                        .forEach(refusals::add);
        for (CollectionDescription collection : standing) {
            if (collection.type() == CollectionType.TIME_SERIES
                    && coming.collection(collection.name()).isPresent()
                    && !scope.request().replacesTimeSeries()) {
                refusals.add(
                        "The time series '" + collection.name()
                                + "' is there, which a server replaces by nothing at once; --replace-time-series drops it first.");
            }
        }
    }

    private void gather(Runnable check) {
        try {
            check.run();
        } catch (MonarchException e) {
            refusals.add(String.valueOf(e.getMessage()));
        }
    }

    private void warn(Catalogue held) {
        RestoreRequest request = scope.request();
        Manifest manifest = archive.manifest();
        if (manifest == null) {
            warnings.add(
                    "Nothing is known of this archive but what it says itself: whether it holds a whole database, and"
                            + " whether all of it was read at one time.");
        } else if (manifest.reading().had() != ReadReport.Had.SNAPSHOT) {
            warnings.add("The backup does not hold everything at one time.");
        }
        if (!request.keepsHistory()
                && scope.removesOthers()
                && held.collection(scope.historyCollection()).isEmpty()) {
            warnings.add("The backup has no migration history: all migrations will be pending.");
        }
        if (request.isInPlace()) {
            warnings.add("Loading in place is unsafe: if it fails, '"
                    + scope.target().name() + "' holds a part of the data until it is restored again.");
        } else {
            warnings.add("What others write to '" + scope.target().name() + "' while it is restored "
                    + (request.acceptsLostWrites() ? "is lost" : "makes it fail before anything is replaced")
                    + ", and change streams on what is replaced end.");
        }
        new InterruptedSwaps(scope.target())
                .find()
                .ifPresent(swap -> warnings.add("An earlier replacement (" + swap.purpose() + ", " + swap.done()
                        + " of " + swap.total() + " collections) is ended first."));
    }
}
