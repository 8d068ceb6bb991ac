package dev.monarch.backup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.monarch.Fact;
import dev.monarch.Reason;
import dev.monarch.backup.RestoreService.DatabaseRestores;
import dev.monarch.engine.archive.ArchiveSource;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.transfer.Omission;

/**
 * Finds the target environment of each database in an archive.
 *
 * @param archive the archive
 * @param request the options for each restore
 */
record ArchiveDatabases(StoredArchive archive, RestoreRequest request) {

    DatabaseRestores restores(ServerEnvironments environments) {
        Manifest manifest = archive.manifest();
        if (manifest != null) {
            return restores(List.of(manifest.source().database()), List.of(), environments);
        }
        try (ArchiveSource source = archive.allSources()) {
            return restores(source.databases(), source.omittedDatabases(), environments);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private DatabaseRestores restores(
            List<String> databases, List<Omission> omissions, ServerEnvironments environments) {
        List<RestoreRequest> requests = new ArrayList<>();
        List<Fact> refusals = new ArrayList<>();
        for (String database : databases) {
            Optional<MonarchEnvironment> environment = environments.of(database);
            environment.ifPresentOrElse(
                    found -> requests.add(request.ofEach(database, found.name())),
                    () -> refusals.add(environments.refusal(database)));
        }
        if (databases.isEmpty()) {
            refusals.add(new Fact(Reason.EMPTY_BACKUP, "'" + archive.title() + "' contains no user database."));
        }
        return new DatabaseRestores(archive.title(), requests, omissions, refusals);
    }
}
