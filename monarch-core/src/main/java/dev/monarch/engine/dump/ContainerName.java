package dev.monarch.engine.dump;

import java.util.regex.Pattern;

import dev.monarch.engine.transfer.CollectionOwner;

/** The name of the database whose files are in no directory of their container. */
final class ContainerName {

    private static final String UNKNOWN = "dump";

    private static final Pattern EXTENSIONS = Pattern.compile(
            "(__\\d{4}_\\d\\d_\\d\\d(_\\d+)?)?(\\.dmp)?\\.(zip|tar(\\.\\w+)?|tgz|tzst)$", Pattern.CASE_INSENSITIVE);

    private ContainerName() {}

    /** {@return the name of a zip or tar file without its extensions} */
    static String ofFile(String path) {
        String stem = EXTENSIONS.matcher(last(path)).replaceFirst("");
        return stem.isEmpty() || CollectionOwner.isServerDatabase(stem) ? UNKNOWN : stem;
    }

    /** {@return the last name in the path of a directory} */
    static String ofDirectory(String path) {
        String last = last(path);
        return last.isEmpty() ? UNKNOWN : last;
    }

    /** {@return the name of the directory of a single file} */
    static String ofParent(String directory) {
        return directory.isEmpty() || CollectionOwner.isServerDatabase(directory) ? UNKNOWN : directory;
    }

    private static String last(String path) {
        return ContainedFile.lastName(path.replace('\\', '/'));
    }
}
