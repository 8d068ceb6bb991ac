package dev.monarch.backup;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import dev.monarch.backup.BackupSummary.DatabaseIdentity;
import dev.monarch.masking.Masker.MaskedField;

import static dev.monarch.backup.ManifestField.derived;
import static dev.monarch.backup.ManifestField.group;
import static dev.monarch.backup.ManifestField.optional;
import static dev.monarch.backup.ManifestField.renamed;
import static dev.monarch.backup.ManifestField.required;
import static dev.monarch.backup.ValueFormat.ACHIEVED_CONSISTENCY;
import static dev.monarch.backup.ValueFormat.CONSISTENCY;
import static dev.monarch.backup.ValueFormat.FLAG;
import static dev.monarch.backup.ValueFormat.INSTANT;
import static dev.monarch.backup.ValueFormat.NUMBER;
import static dev.monarch.backup.ValueFormat.TEXT;
import static dev.monarch.backup.ValueFormat.TEXTS;
import static dev.monarch.backup.ValueFormat.TIME;

/**
 * The fields of a manifest's JSON except its collections: the name of each field, its place in the manifest, and how to
 * read it.
 */
final class ManifestFormat {

    /** In the order of writing. */
    static final List<ManifestField> FIELDS = List.of(
            required("monarch", TEXT, it -> it.origin().monarchVersion(), (to, value) -> to.monarchVersion = value),
            required("name", TEXT, Manifest::name, (to, value) -> to.name = value),
            required("environment", TEXT, it -> it.source().environment(), (to, value) -> to.environment = value),
            required("database", TEXT, it -> it.source().database(), (to, value) -> to.database = value),
            optional(
                    "source",
                    ValueFormat.of(ManifestFormat::identity, ManifestFormat::identity),
                    it -> it.source().identity(),
                    (to, value) -> to.identity = value),
            group(
                    "created",
                    required("start", INSTANT, it -> it.origin().started(), (to, value) -> to.started = value),
                    required("end", INSTANT, it -> it.origin().ended(), (to, value) -> to.ended = value)),
            group(
                    "server",
                    required(
                            "version",
                            TEXT,
                            it -> it.source().server().version(),
                            (to, value) -> to.serverVersion = value),
                    required(
                            "topology",
                            TEXT,
                            it -> it.source().server().topology(),
                            (to, value) -> to.topology = value),
                    optional(
                            "featureCompatibility",
                            TEXT,
                            it -> it.source().server().featureCompatibility(),
                            (to, value) -> to.featureCompatibility = value)),
            group(
                    "consistency",
                    renamed(
                            "asked",
                            "requested",
                            CONSISTENCY,
                            it -> it.reading().requested(),
                            (to, value) -> to.requested = value),
                    renamed(
                            "had",
                            "achieved",
                            ACHIEVED_CONSISTENCY,
                            it -> it.reading().achieved(),
                            (to, value) -> to.achieved = value),
                    optional(
                            "clusterTime",
                            TIME,
                            it -> it.reading().clusterTime(),
                            (to, value) -> to.clusterTime = value),
                    required("reasons", TEXTS, it -> it.reading().reasons(), (to, value) -> to.reasons = value),
                    required("warnings", TEXTS, it -> it.reading().warnings(), (to, value) -> to.warnings = value)),
            group(
                    "selection",
                    required("only", TEXTS, it -> it.scope().selection().only(), (to, value) -> to.only = value),
                    required(
                            "exclude",
                            TEXTS,
                            it -> it.scope().selection().exclude(),
                            (to, value) -> to.exclude = value)),
            optional(
                    "querySet",
                    ValueFormat.of(ManifestFormat::part, ManifestFormat::part),
                    it -> it.scope().part(),
                    (to, value) -> to.part = value),
            derived("partial", FLAG, Manifest::isPartial),
            optional(
                    "history",
                    ValueFormat.of(ManifestFormat::history, ManifestFormat::history),
                    Manifest::history,
                    (to, value) -> to.history = value),
            derived("documents", NUMBER, Manifest::documents),
            derived("bytes", NUMBER, Manifest::bytes),
            new ArchiveField());

    private ManifestFormat() {}

    private static void identity(ManifestOutput json, String name, DatabaseIdentity identity) {
        json.object(name, () -> {
            UUID lock = identity.lock();
            json.optionalText("lock", lock == null ? null : lock.toString());
            json.texts("hosts", identity.hosts());
        });
    }

    private static @Nullable DatabaseIdentity identity(ManifestFields fields, String name) {
        ManifestFields identity = fields.optionalObject(name);
        if (identity == null) {
            return null;
        }
        String lock = identity.optionalText("lock");
        return new DatabaseIdentity(
                lock == null ? null : UUID.fromString(lock), identity.texts("hosts"), fields.text("database"));
    }

    private static void part(ManifestOutput json, String name, Manifest.Part part) {
        json.object(name, () -> {
            json.text("name", part.querySet());
            json.object("parameters", () -> new TreeMap<>(part.parameters()).forEach(json::text));
            json.objects("masked", part.masked(), field -> {
                json.text("collection", field.collection());
                json.text("path", field.path());
                json.text("masker", field.masker());
            });
        });
    }

    private static Manifest.@Nullable Part part(ManifestFields fields, String name) {
        ManifestFields part = fields.optionalObject(name);
        if (part == null) {
            return null;
        }
        Map<String, String> parameters = new TreeMap<>();
        ManifestFields values = part.object("parameters");
        values.document().keySet().forEach(parameter -> parameters.put(parameter, values.text(parameter)));
        List<MaskedField> masked = part.objects("masked").stream()
                .map(field -> new MaskedField(field.text("collection"), field.text("path"), field.text("masker")))
                .toList();
        return new Manifest.Part(part.text("name"), parameters, masked);
    }

    private static void history(ManifestOutput json, String name, Manifest.History history) {
        json.object(name, () -> {
            json.text("collection", history.collection());
            json.number("entries", history.entries());
            json.optionalText("lastApplied", history.lastApplied());
        });
    }

    private static Manifest.@Nullable History history(ManifestFields fields, String name) {
        ManifestFields history = fields.optionalObject(name);
        return history == null
                ? null
                : new Manifest.History(
                        history.text("collection"), history.number("entries"), history.optionalText("lastApplied"));
    }

    /** The fields of the archive, which are not in an object of their own. */
    private static final class ArchiveField implements ManifestField {

        @Override
        public void write(Manifest manifest, ManifestOutput json) {
            BackupArchive archive = manifest.archive();
            json.text("compression", archive.compression());
            json.number("length", archive.length());
            json.text("sha256", archive.sha256());
            json.objects("volumes", archive.volumes(), volume -> {
                json.text("extension", volume.extension());
                json.number("length", volume.length());
                json.text("sha256", volume.sha256());
            });
            json.numbers("beginning", WrittenFrame.of(archive.beginning(), new VolumeMap(archive.volumes())));
        }

        @Override
        public void read(ManifestFields fields, ManifestBuilder builder) {
            List<BackupArchive.Volume> volumes = fields.objects("volumes").stream()
                    .map(volume -> new BackupArchive.Volume(
                            volume.text("extension"), volume.number("length"), volume.text("sha256")))
                    .toList();
            builder.archive = new BackupArchive(
                    fields.text("compression"),
                    fields.number("length"),
                    fields.text("sha256"),
                    WrittenFrame.of(fields.array("beginning")).in(new VolumeMap(volumes)),
                    volumes);
        }
    }
}
