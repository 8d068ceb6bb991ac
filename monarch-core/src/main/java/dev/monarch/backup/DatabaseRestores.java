package dev.monarch.backup;

import java.util.List;
import java.util.function.UnaryOperator;

import dev.monarch.transfer.Omission;

/**
 * What it takes to restore every database of an archive: one restore for each.
 *
 * @param archive where the data comes from
 * @param requests a request for each database whose environment is known, in the order of the archive
 * @param omissions what of the archive is in no such database
 * @param refusals why some databases cannot be restored at all, as sentences
 */
public record DatabaseRestores(
        String archive, List<RestoreRequest> requests, List<Omission> omissions, List<String> refusals) {

    /**
     * Creates restores.
     *
     * @param archive where the data comes from
     * @param requests a request for each database, which are copied
     * @param omissions what is in none of them, which is copied
     * @param refusals why some cannot be restored, which are copied
     */
    public DatabaseRestores {
        requests = List.copyOf(requests);
        omissions = List.copyOf(omissions);
        refusals = List.copyOf(refusals);
    }

    /**
     * Changes each request, to approve it for example.
     *
     * @param change makes another request of one
     * @return the restores
     */
    public DatabaseRestores each(UnaryOperator<RestoreRequest> change) {
        return new DatabaseRestores(archive, requests.stream().map(change).toList(), omissions, refusals);
    }
}
