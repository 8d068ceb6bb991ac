package dev.monarch.backup;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.monarch.UnknownBackupException;

/**
 * Distinguishes the files of backups from other files in the same place. For implementations of {@link BackupStore}
 * that use the names {@code NAME.manifest.json} and {@code NAME.archive}, with any extension. Immutable.
 */
public final class BackupFiles {

    private static final String MANIFEST = ".manifest.json";

    private static final String DATA = ".archive";

    private final Set<String> backups;

    private final Set<String> busy;

    /**
     * Creates an instance for one place.
     *
     * @param backups the names of the complete backups
     * @param busy the names of backups that are being written or deleted
     */
    public BackupFiles(Collection<String> backups, Collection<String> busy) {
        this.backups = new HashSet<>(backups);
        this.busy = new HashSet<>(busy);
    }

    /**
     * Returns the files that belong to none of these backups and to no current upload or deletion.
     *
     * @param files the names of all files or objects in the place
     * @param find finds the manifest of a backup; called only if several files may be its data
     * @return the names of the other files, sorted
     */
    public List<String> others(Collection<String> files, Function<String, Manifest> find) {
        Map<String, Set<String>> parts = new HashMap<>();
        for (String file : files) {
            for (int at = file.indexOf(DATA, 1); at >= 0; at = file.indexOf(DATA, at + 1)) {
                addIfKnown(file, file.substring(0, at), parts);
            }
        }
        parts.replaceAll((name, data) -> data.size() == 1 || busy.contains(name) ? data : volumes(name, data, find));
        Set<String> others = new TreeSet<>(files);
        parts.values().forEach(others::removeAll);
        others.removeIf(this::isManifest);
        return List.copyOf(others);
    }

    private void addIfKnown(String file, String name, Map<String, Set<String>> parts) {
        if (backups.contains(name) || busy.contains(name)) {
            parts.computeIfAbsent(name, key -> new HashSet<>()).add(file);
        }
    }

    private static Set<String> volumes(String name, Set<String> data, Function<String, Manifest> find) {
        try {
            return find.apply(name).archive().volumes().stream()
                    .map(volume -> name + volume.extension())
                    .collect(Collectors.toSet());
        } catch (UnknownBackupException e) {
            // It is being deleted.
            return data;
        }
    }

    private boolean isManifest(String file) {
        if (!file.endsWith(MANIFEST)) {
            return false;
        }
        String name = file.substring(0, file.length() - MANIFEST.length());
        return backups.contains(name) || busy.contains(name);
    }
}
