package dev.monarch.engine.version;

import java.util.Collection;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.monarch.backfill.BackfillSet;
import dev.monarch.backfill.BackfillStatus;
import dev.monarch.backfill.Backfills;
import dev.monarch.backfill.Backfills.BackfillSettings;
import dev.monarch.engine.version.VersionRecords.Contraction;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.version.DocumentVersions.CollectionState;
import dev.monarch.version.DocumentVersions.Instance;
import dev.monarch.version.DocumentVersions.Phase;

/** Shows the state of the collections with versions. */
public final class VersionOverview {

    private final MonarchEnvironment environment;

    private final BackfillSettings backfills;

    /** Prepares for one environment. */
    public VersionOverview(MonarchEnvironment environment, BackfillSettings backfills) {
        this.environment = environment;
        this.backfills = backfills;
    }

    /** {@return the states of the collections} */
    public List<CollectionState> of(Collection<CollectionVersions> collections) {
        VersionRecords records = new VersionRecords(environment.ownDatabase());
        Map<String, Contraction> contractions = records.contractions();
        List<Instance> instances = records.instances().stream()
                .map(seen -> new Instance(seen.name(), seen.versions(), seen.seen()))
                .toList();
        return collections.stream()
                .map(versions -> state(versions, contractions.get(versions.collection()), instances))
                .toList();
    }

    private CollectionState state(
            CollectionVersions versions, @Nullable Contraction contraction, List<Instance> instances) {
        int contracted = contraction == null ? 0 : contraction.version();
        Phase phase = contraction == null || contracted < versions.newest()
                ? Phase.EXPAND
                : contraction.complete() ? Phase.CONTRACTED : Phase.CONTRACTING;
        return new CollectionState(
                versions.collection(),
                versions.newest(),
                Math.max(versions.oldest(), contracted),
                phase,
                backfillOf(versions),
                instances);
    }

    /** {@return the state of the backfill that gives documents the newest version} */
    public BackfillStatus backfillOf(CollectionVersions versions) {
        return new Backfills(environment, BackfillSet.of(List.of(VersionBackfill.of(versions))), backfills)
                .status(VersionBackfill.id(versions));
    }
}
