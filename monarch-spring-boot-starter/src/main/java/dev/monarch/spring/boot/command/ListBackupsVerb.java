package dev.monarch.spring.boot.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.bson.Document;
import picocli.CommandLine.Command;

import dev.monarch.backup.BackupService;
import dev.monarch.backup.BackupSource;
import dev.monarch.backup.BackupSource.Contents;
import dev.monarch.backup.BackupStore.ForeignArchive;
import dev.monarch.backup.BackupSummary;

/** Lists the complete backups. It opens no connection to a database. */
@Command(
        name = "list-backups",
        description = "List the complete backups, newest first.",
        footer = {
            "  monarch list-backups", "      The backups of all environments.",
            "  monarch list-backups --store s3", "      The backups in the bucket."
        })
final class ListBackupsVerb extends StoredBackupVerb {

    ListBackupsVerb(BackupService backups) {
        super(backups);
    }

    @Override
    Report run() {
        List<BackupSummary> all = backups().list(store().name());
        List<ForeignArchive> foreign = backups().foreignArchives(store().name());
        List<String> text = new ArrayList<>();
        if (all.isEmpty()) {
            text.add("There are no backups yet. Take one: monarch backup ENV");
        } else {
            List<List<String>> rows = new ArrayList<>();
            rows.add(List.of("BACKUP", "ENVIRONMENT", "TAKEN", "DOCUMENTS", "SIZE", "STORED", "CONSISTENCY"));
            all.forEach(backup -> rows.add(List.of(
                    backup.name() + (backup.partial() ? " (partial)" : ""),
                    backup.environment(),
                    Texts.time(backup.created()),
                    Long.toString(backup.documents()),
                    Texts.size(backup.bytes()),
                    Texts.size(backup.storedBytes()),
                    backup.consistency().toString())));
            text.addAll(console().table(rows));
        }
        foreign.forEach(archive -> text.add("Foreign (not a backup: it has no manifest): " + archive.name() + ", "
                + (archive.bytes() > 0 ? Texts.size(archive.bytes()) + ", " : "")
                + "modified " + Texts.time(archive.modified())
                + contents(archive)
                        .map(contents -> ", " + DumpTexts.summary(contents))
                        .orElse("")));
        return Report.done(
                text,
                new Document("backups", Report.each(all, ListBackupsVerb::document))
                        .append("foreignArchives", Report.each(foreign, this::document)));
    }

    private Optional<Contents> contents(ForeignArchive archive) {
        return backups().quickContents(BackupSource.stored(archive.name(), archive.store()));
    }

    private Document document(ForeignArchive archive) {
        Document document = new Document("name", archive.name())
                .append("store", archive.store())
                .append("storedBytes", archive.bytes())
                .append("modified", archive.modified().toString());
        contents(archive).ifPresent(contents -> document.append("contents", DumpTexts.document(contents)));
        return document;
    }

    private static Document document(BackupSummary backup) {
        return new Document("name", backup.name())
                .append("store", backup.store())
                .append("environment", backup.environment())
                .append("database", backup.database())
                .append("created", backup.created().toString())
                .append("collections", backup.collections())
                .append("documents", backup.documents())
                .append("bytes", backup.bytes())
                .append("storedBytes", backup.storedBytes())
                .append("compression", backup.compression())
                .append("consistency", backup.consistency().toString())
                .append("partial", backup.partial());
    }
}
