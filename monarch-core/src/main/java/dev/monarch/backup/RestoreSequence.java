package dev.monarch.backup;

import java.util.ArrayList;
import java.util.List;

import dev.monarch.Fact;
import dev.monarch.MonarchException;
import dev.monarch.OperationRefusedException;
import dev.monarch.RestoreIncompleteException;
import dev.monarch.backup.RestoreService.DatabaseRestores;
import dev.monarch.environment.Approval;

/**
 * Restores several databases one after another, if all of them can be restored.
 *
 * @param service restores one database
 * @param restores the databases
 * @param approval the caller's consent to all of them
 */
record RestoreSequence(RestoreService service, DatabaseRestores restores, Approval approval) {

    List<RestoreReport> run() {
        requirePossible();
        List<RestoreReport> reports = new ArrayList<>();
        for (RestoreRequest request : restores.requests()) {
            try {
                reports.add(service.restore(request, approval));
            } catch (MonarchException e) {
                throw failedAt(reports.size(), e);
            }
        }
        return reports;
    }

    private void requirePossible() {
        List<Fact> refusals = new ArrayList<>(restores.refusals());
        for (RestoreRequest request : restores.requests()) {
            refusals.addAll(service.plan(request, approval).refusals());
        }
        if (!refusals.isEmpty()) {
            throw new OperationRefusedException("restore every database of", restores.archive(), refusals);
        }
    }

    private RestoreIncompleteException failedAt(int index, MonarchException cause) {
        List<String> all =
                restores.requests().stream().map(RestoreRequest::environment).toList();
        return new RestoreIncompleteException(
                restores.archive(), all.subList(0, index), all.get(index), all.subList(index + 1, all.size()), cause);
    }
}
