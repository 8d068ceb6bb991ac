package dev.monarch.spring.boot.command;

import java.util.ArrayList;
import java.util.List;

import org.bson.Document;
import picocli.CommandLine.Command;

import dev.monarch.backup.BackupService;
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
        foreign.forEach(archive -> text.add("Not a backup (it has no manifest): " + archive.name() + ", "
                + Texts.size(archive.bytes()) + ", modified " + Texts.time(archive.modified())));
        return Report.done(
                text,
                new Document("backups", Report.each(all, ListBackupsVerb::document))
                        .append("foreignArchives", Report.each(foreign, ListBackupsVerb::document)));
    }

    private static Document document(ForeignArchive archive) {
        return new Document("name", archive.name())
                .append("store", archive.store())
                .append("storedBytes", archive.bytes())
                .append("modified", archive.modified().toString());
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
