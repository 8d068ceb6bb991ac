package dev.monarch.backup.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.io.TempDir;

import dev.monarch.backup.BackupStore;
import dev.monarch.backup.LocalBackupStore;
import dev.monarch.backup.Manifest;

class LocalBackupStoreContractTests extends BackupStoreContractTests {

    @TempDir
    private Path folder;

    @Override
    protected BackupStore store() {
        return new LocalBackupStore(folder);
    }

    @Override
    protected Optional<BackupStore> store(CallFaults calls) {
        return Optional.of(new LocalBackupStore(FaultyFiles.in(folder, calls)));
    }

    /** All files except the lock file, which stays. */
    @Override
    protected List<String> contents() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals(".monarch.lock"))
                    .sorted()
                    .toList();
        }
    }

    @Override
    protected void put(String name, byte[] content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }

    /** Writes the files without the store, which fsyncs the folder several times for each. */
    @Override
    protected void storeAll(List<Manifest> manifests, byte[] content) throws IOException {
        for (Manifest manifest : manifests) {
            put(manifest.name() + SampleBackups.EXTENSION, content);
            put(manifest.name() + ".manifest.json", manifest.toJson());
        }
    }
}
