package dev.monarch.engine.dump;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import dev.monarch.DamagedArchiveException;

/** Normalizes the paths in containers, and refuses those that lead out of the container. */
final class EntryPath {

    private static final Pattern ABSOLUTE = Pattern.compile("(/|[A-Za-z]:).*", Pattern.DOTALL);

    private EntryPath() {}

    /**
     * Normalizes a path. On Windows, some programs write backslashes. The names of collections never contain any,
     * because mongodump encodes them.
     *
     * @param path the path in the container
     * @param container the container, for messages
     * @param offset where the container has the path, in bytes
     * @return names with {@code /} between them; empty for the root
     */
    static String of(String path, String container, long offset) {
        String slashed = path.replace('\\', '/');
        List<String> names = new ArrayList<>();
        for (String name : slashed.split("/", -1)) {
            if (name.equals("..") || name.indexOf('\0') >= 0) {
                throw leadsOut(path, container, offset);
            }
            if (!name.isEmpty() && !name.equals(".")) {
                names.add(name);
            }
        }
        if (ABSOLUTE.matcher(slashed).matches()) {
            throw leadsOut(path, container, offset);
        }
        return String.join("/", names);
    }

    private static DamagedArchiveException leadsOut(String path, String container, long offset) {
        return DamagedArchiveException.inFile(
                container, offset, "the path '" + path.replace('\0', '?') + "' leads out of the dump", null);
    }
}
