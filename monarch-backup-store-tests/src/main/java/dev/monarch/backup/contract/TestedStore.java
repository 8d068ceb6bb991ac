package dev.monarch.backup.contract;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import dev.monarch.UnknownBackupException;
import dev.monarch.backup.BackupStore;
import dev.monarch.backup.BackupSummary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The store under test. Part of {@link BackupStoreContractTests}, which describes how to use it. */
public abstract class TestedStore {

    static final byte[] CONTENT = "what an archive might hold".getBytes(StandardCharsets.UTF_8);

    TestedStore() {}

    /**
     * Returns a store. All stores of one test keep their backups in the same place, which is empty when the test begins.
     *
     * @return a store; several of them represent several processes
     */
    protected abstract BackupStore store();

    /**
     * Returns a store that treats every process as dead that is not running now. Override it if stores wait before they
     * remove the files of a dead process.
     *
     * @return a store for the same place
     */
    protected BackupStore storeOfLater() {
        return store();
    }

    /**
     * Returns a store whose calls can be made to fail.
     *
     * @param calls decides about each call
     * @return a store for the same place; empty if its calls cannot be made to fail, which skips the tests that need
     *     it
     * @throws Exception if it cannot be created
     */
    protected abstract Optional<BackupStore> store(CallFaults calls) throws Exception;

    /**
     * Returns the names of everything in the place where the backups are kept, read without the store. This includes
     * hidden files and unfinished uploads, but not what stays there permanently.
     *
     * @return the names in order
     * @throws Exception if the place cannot be read
     */
    protected abstract List<String> contents() throws Exception;

    /**
     * Puts something next to the backups, without the store.
     *
     * @param name its name; with {@code /} in it, the path of a file in a directory there
     * @param content its content
     * @throws Exception if it cannot be written
     */
    protected abstract void put(String name, byte[] content) throws Exception;

    /**
     * Returns a length of data that the store sends and reads in several calls.
     *
     * @return a number of bytes
     */
    protected int lengthOfSeveralPieces() {
        return 9_000_001;
    }

    /** Checks that everything listed can be found and read, and that nothing else can. */
    final List<BackupSummary> requireWhole(byte[] content) throws IOException {
        List<BackupSummary> listed = store().list();
        for (BackupSummary backup : listed) {
            assertThat(store().find(backup.name()).summary(store().name())).isEqualTo(backup);
            try (InputStream data = store().open(backup.name())) {
                assertThat(Arrays.mismatch(data.readAllBytes(), content)).isNegative();
            }
        }
        return listed;
    }

    /** Checks that the next backup removes everything that is not part of a complete one. */
    final void requireNothingHalf(List<BackupSummary> listed, List<String> whole) throws Exception {
        storeOfLater().begin("next", SampleBackups.EXTENSION).close();
        assertThat(contents()).isEqualTo(listed.isEmpty() ? List.of() : whole);
        if (listed.isEmpty()) {
            assertThatExceptionOfType(UnknownBackupException.class).isThrownBy(() -> store().find("kennel"));
        }
    }

    final List<String> contentsOfOne(byte[] content) throws Exception {
        SampleBackups.store(store(), "kennel", content);
        List<String> whole = contents();
        deleteAll();
        return whole;
    }

    final void deleteAll() {
        store().list().forEach(backup -> store().delete(backup.name()));
    }

    /** Checks that there is no backup. */
    final void requireNothing() {
        assertThat(store().list()).isEmpty();
        assertThat(store().others(List.of())).isEmpty();
        assertThatExceptionOfType(UnknownBackupException.class).isThrownBy(() -> store().find("kennel"));
        assertThatExceptionOfType(UnknownBackupException.class).isThrownBy(() -> store().open("kennel"));
        assertThatExceptionOfType(UnknownBackupException.class).isThrownBy(() -> store().delete("kennel"));
    }
}
