package dev.monarch.engine.migration;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.monarch.engine.NaturalOrder;
import dev.monarch.engine.environment.NearestNames;
import dev.monarch.engine.history.HistoryEntry;
import dev.monarch.engine.history.MigrationState;
import dev.monarch.migration.HistoryImport;
import dev.monarch.migration.HistoryImport.ImportPlan;
import dev.monarch.migration.HistoryImport.ImportedEntry;
import dev.monarch.migration.HistoryImport.Outcome;
import dev.monarch.migration.MigrationSet;

/** Compares another tool's history with the application's migrations and Monarch's own history. */
final class ImportPlanner {

    private static final Set<MigrationState> UNRESOLVED = Set.of(
            MigrationState.RUNNING, MigrationState.INTERRUPTED, MigrationState.FAILED, MigrationState.ROLLING_BACK);

    /** The order in which the other tool applied them; without times, that of the ids. */
    private static final Comparator<ImportedEntry> ORDER = Comparator.comparing(
                    ImportedEntry::at, Comparator.nullsFirst(Comparator.<Instant>naturalOrder()))
            .thenComparing(entry -> entry.id() != null ? entry.id() : "", NaturalOrder.INSTANCE);

    private static final Pattern NOT_LETTERS = Pattern.compile("[^\\p{L}\\p{N}]");

    private final String environment;

    private final MigrationSet migrations;

    private final Map<String, HistoryEntry> own;

    private final List<ImportedEntry> entries = new ArrayList<>();

    private final List<String> conflicts = new ArrayList<>();

    ImportPlanner(String environment, MigrationSet migrations, List<HistoryEntry> history) {
        this.environment = environment;
        this.migrations = migrations;
        this.own = history.stream().collect(Collectors.toMap(HistoryEntry::id, Function.identity()));
    }

    /** Plans an import. Use a new planner for each. */
    ImportPlan plan(HistoryImport request, OtherHistory other) {
        conflicts.addAll(other.problems());
        ImportedIds ids = new ImportedIds(request, other, migrations);
        Map<String, List<OtherEntry>> byId = new LinkedHashMap<>();
        for (OtherEntry entry : other.entries()) {
            ImportedIds.Match match = ids.match(entry.id());
            String id = match.id();
            String conflict = match.conflict();
            if (id != null) {
                byId.computeIfAbsent(id, key -> new ArrayList<>()).add(entry);
            } else if (conflict != null) {
                add(entry, null, Outcome.UNKNOWN, null);
                conflicts.add(conflict);
            } else if (match.ignored() || request.skipUnknown()) {
                add(entry, null, Outcome.IGNORED, null);
            } else {
                addUnknown(entry);
            }
        }
        addMisspelt(request, other);
        byId.forEach(this::addKnown);
        migrations.ids().stream()
                .filter(id -> !byId.containsKey(id))
                .filter(id -> !own.containsKey(id) || own.get(id).isAnnounced())
                .forEach(id -> entries.add(new ImportedEntry(null, id, Outcome.NEW, null, null, "")));
        entries.sort(ORDER);
        return new ImportPlan(environment, other.description(), entries, conflicts);
    }

    /**
     * One mapping is used for several environments, so an id that the history does not have is allowed. But if only its
     * case or its punctuation is wrong, the entry that was meant would be found by its name.
     */
    private void addMisspelt(HistoryImport request, OtherHistory other) {
        Map<String, String> unmapped = new HashMap<>();
        other.entries().stream()
                .map(OtherEntry::id)
                .filter(id -> !request.mapping().containsKey(id))
                .forEach(id -> unmapped.put(letters(id), id));
        Set<String> known = other.entries().stream().map(OtherEntry::id).collect(Collectors.toSet());
        request.mapping().keySet().stream()
                .filter(id -> !known.contains(id) && unmapped.containsKey(letters(id)))
                .sorted()
                .forEach(id -> conflicts.add("The mapping has '" + id + "', which is not in the history. Did you mean '"
                        + unmapped.get(letters(id)) + "'?"));
    }

    private static String letters(String id) {
        return NOT_LETTERS.matcher(id).replaceAll("").toLowerCase(Locale.ROOT);
    }

    private void addUnknown(OtherEntry entry) {
        add(entry, null, Outcome.UNKNOWN, null);
        if (entry.state() != OtherState.PENDING) {
            conflicts.add("'" + entry.id() + "' (" + entry.described()
                    + ") is not a migration of this application. Map it to one, or ignore it."
                    + NearestNames.question(entry.id(), migrations.ids()));
        }
    }

    private void addKnown(String id, List<OtherEntry> all) {
        OtherEntry entry = all.get(all.size() - 1);
        if (all.stream().map(OtherEntry::state).distinct().count() > 1) {
            conflicts.add("Several entries belong to '" + id + "', and they differ: "
                    + all.stream()
                            .map(one -> "'" + one.id() + "' is " + one.described())
                            .collect(Collectors.joining(", "))
                    + ". Ignore those that do not count.");
        }
        HistoryEntry recorded = own.get(id);
        if (recorded == null || recorded.isAnnounced() || recorded.importing() != null) {
            addChange(id, entry);
        } else {
            addRecorded(id, entry, recorded);
        }
    }

    private void addChange(String id, OtherEntry entry) {
        switch (entry.state()) {
            case APPLIED -> add(entry, id, Outcome.APPLIED, MigrationState.APPLIED);
            case FAILED -> add(entry, id, Outcome.FAILED, MigrationState.FAILED);
            case STARTED -> add(entry, id, Outcome.FAILED, MigrationState.INTERRUPTED);
            case ROLLBACK_FAILED -> add(entry, id, Outcome.FAILED, MigrationState.ROLLING_BACK);
            case PENDING -> add(entry, id, Outcome.PENDING, null);
        }
    }

    private void addRecorded(String id, OtherEntry entry, HistoryEntry recorded) {
        add(entry, id, Outcome.RECORDED, null);
        if (entry.state() == OtherState.APPLIED && UNRESOLVED.contains(recorded.state())) {
            conflicts.add("'" + id + "' is " + recorded.state() + " in Monarch's history, and " + entry.described()
                    + " in the other: resolve it first.");
        }
    }

    private void add(OtherEntry entry, @Nullable String id, Outcome outcome, @Nullable MigrationState state) {
        entries.add(new ImportedEntry(
                entry.id(), id, outcome, state == null ? null : ShownState.of(state), entry.at(), entry.described()));
    }
}
