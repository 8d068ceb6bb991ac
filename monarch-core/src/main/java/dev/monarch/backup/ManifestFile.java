package dev.monarch.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/** Finds the manifest of an archive that is given by its path. */
final class ManifestFile {

    private static final String ARCHIVE = ".archive";

    private ManifestFile() {}

    /** {@return the manifest next to the file of an archive; null if there is none} */
    static @Nullable Manifest nextTo(Path path) {
        String file = String.valueOf(path.getFileName());
        // The name may also contain ".archive", so the longest name with a manifest is used.
        for (int end = file.lastIndexOf(ARCHIVE); end > 0; end = file.lastIndexOf(ARCHIVE, end - 1)) {
            Manifest manifest = at(path.resolveSibling(file.substring(0, end) + ".manifest.json"));
            if (manifest != null && isOf(manifest, file.substring(end))) {
                return manifest;
            }
        }
        return at(path.resolveSibling(file + ".manifest.json"));
    }

    private static boolean isOf(Manifest manifest, String extension) {
        return manifest.archive().volumes().get(0).extension().equals(extension);
    }

    private static @Nullable Manifest at(Path manifest) {
        try {
            return Manifest.fromJson(
                    Files.readAllBytes(manifest),
                    "'" + manifest.toAbsolutePath().getParent() + "'",
                    String.valueOf(manifest.getFileName()));
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw StoredArchive.unreadable(manifest, e);
        }
    }
}
