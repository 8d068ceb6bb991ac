package dev.monarch.copy;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.monarch.InvalidRequestException;
import dev.monarch.OperationRefusedException;
import dev.monarch.Reason;
import dev.monarch.engine.staging.PartialTarget;
import dev.monarch.engine.staging.Renames;
import dev.monarch.engine.staging.StagingRequest;
import dev.monarch.engine.transfer.Catalogue;
import dev.monarch.engine.transfer.ReadOptions;
import dev.monarch.engine.transfer.SourceCheck;
import dev.monarch.engine.transfer.SubsetChoice;
import dev.monarch.engine.transfer.TransferPace;
import dev.monarch.environment.Approval;
import dev.monarch.environment.Guard;
import dev.monarch.environment.Guard.GuardedOperation;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.queryset.QuerySets.QuerySetChoice;
import dev.monarch.replacement.ReplacementRequest.Option;
import dev.monarch.transfer.CollectionDescription;
import dev.monarch.transfer.CollectionSelection;

/** The scope of a copy: which collections it reads and may change, by the rules that do not need a server. */
record CopyScope(
        MonarchEnvironment source,
        MonarchEnvironment target,
        CopyRequest request,
        Approval approval,
        @Nullable QuerySetChoice chosen,
        TransferPace pace,
        String historyCollection) {

    static final String OPERATION = GuardedOperation.COPY_INTO.words();

    Renames renames() {
        return new Renames(request.renames(), historyCollection);
    }

    boolean hasQuerySet() {
        return chosen != null;
    }

    /** {@return whether the whole source is copied, so that other collections of the target are removed} */
    boolean isWhole() {
        return request.selection().isWhole() && chosen == null;
    }

    void requireApproval(Guard guard) {
        guard.check(GuardedOperation.COPY_INTO, target, approval);
    }

    private boolean allowsEmpty() {
        return request.options().contains(Option.ALLOW_EMPTY);
    }

    void requireOther() {
        if (source.name().equals(target.name()) || source.address().isSamePlaceAs(target.address())) {
            throw same();
        }
    }

    OperationRefusedException same() {
        return new OperationRefusedException(
                OPERATION, target.name(), Reason.SAME_DATABASE, "it is the same database as '" + source.name() + "'");
    }

    void requireWhole() {
        if (chosen != null) {
            new PartialTarget(OPERATION, target, request.partialInto())
                    .requireForQuerySet(chosen.querySet(), "'" + source.name() + "'");
        }
    }

    void requireContents(Catalogue existing) {
        new SourceCheck(OPERATION, target.name(), historyCollection, allowsEmpty()).require(source, existing);
    }

    /** {@return the collections to read from those in the source} */
    Catalogue read(Catalogue existing) {
        SubsetChoice subset = subset();
        return subset.selected(existing).only(selection());
    }

    void requireNames(Catalogue existing) {
        List<String> names =
                existing.collections().stream().map(CollectionDescription::name).toList();
        request.selection().requireMatches(names, historyCollection, source.name(), "copy");
        Catalogue read = read(existing);
        List<String> problems = renames().problems(read, names);
        if (!problems.isEmpty()) {
            throw new InvalidRequestException(target.name(), "rename collections", problems);
        }
    }

    private SubsetChoice subset() {
        return chosen instanceof SubsetChoice subset ? subset : SubsetChoice.WHOLE;
    }

    private CollectionSelection selection() {
        if (!request.options().contains(Option.KEEP_HISTORY)) {
            return request.selection();
        }
        List<String> exclude = new ArrayList<>(request.selection().exclude());
        exclude.add(historyCollection);
        return new CollectionSelection(request.selection().only(), exclude);
    }

    ReadOptions readOptions() {
        return new ReadOptions(
                OPERATION, selection(), request.consistency(), pace, historyCollection, subset(), allowsEmpty());
    }

    StagingRequest staging() {
        return StagingRequest.of(OPERATION, request, isWhole(), historyCollection, pace);
    }
}
