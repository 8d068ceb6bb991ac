package dev.monarch.engine.migration;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.monarch.migration.HistoryImport;
import dev.monarch.migration.MigrationSet;

/**
 * Finds the migration here for an id of another tool: by the mapping, else by the exact id, else by the id without a file
 * extension, else by the only migration with that name behind a number, as in {@code 001-name}.
 */
final class ImportedIds {

    private static final Pattern NUMBER = Pattern.compile("^[0-9][0-9._-]*");

    private final Map<String, String> mapping;

    private final OtherHistory other;

    private final List<String> ids;

    private final Map<String, List<String>> byName;

    ImportedIds(HistoryImport request, OtherHistory other, MigrationSet migrations) {
        this.mapping = request.mapping();
        this.other = other;
        this.ids = migrations.ids();
        this.byName = ids.stream()
                .collect(Collectors.groupingBy(
                        id -> NUMBER.matcher(id).replaceFirst(""), TreeMap::new, Collectors.toList()));
    }

    /**
     * What was found for an id.
     *
     * @param id the migration here, or null if there is none
     * @param ignored whether the mapping ignores the entry
     * @param conflict why it is not clear, as a sentence, or null if it is
     */
    record Match(
            @Nullable String id, boolean ignored, @Nullable String conflict) {}

    Match match(String otherId) {
        String mapped = mapping.get(otherId);
        if (mapped != null) {
            return mapped(otherId, mapped);
        }
        if (ids.contains(otherId)) {
            return new Match(otherId, false, null);
        }
        String name = other.shortened().apply(otherId);
        if (ids.contains(name)) {
            return new Match(name, false, null);
        }
        List<String> named = name.isEmpty() ? List.of() : byName.getOrDefault(name, List.of());
        if (named.size() > 1) {
            return new Match(
                    null,
                    false,
                    "'" + otherId + "' may be any of '" + String.join("', '", named) + "': map it to one of them.");
        }
        return new Match(named.isEmpty() ? null : named.get(0), false, null);
    }

    private Match mapped(String otherId, String mapped) {
        if (mapped.isBlank()) {
            return new Match(null, true, null);
        }
        return ids.contains(mapped)
                ? new Match(mapped, false, null)
                : new Match(
                        null,
                        false,
                        "'" + otherId + "' is mapped to '" + mapped
                                + "', which is not a migration of this application.");
    }
}
