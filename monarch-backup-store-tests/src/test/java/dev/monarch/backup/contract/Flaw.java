package dev.monarch.backup.contract;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.UnaryOperator;

import dev.monarch.BackupStoreException;
import dev.monarch.UnknownBackupException;
import dev.monarch.archive.ArchiveOutput.Span;
import dev.monarch.backup.BackupStore;
import dev.monarch.backup.BackupSummary;
import dev.monarch.backup.BackupUpload;
import dev.monarch.backup.Manifest;

/** The mistakes that a store may make, and the tests of the contract that detect them. */
enum Flaw {
    LISTS_NOTHING(
            store -> new ChangedStore(store) {
                @Override
                public List<BackupSummary> list() {
                    return List.of();
                }
            },
            "aCompleteBackupCanBeFoundListedAndOpened"),

    LISTS_ONE_PAGE(
            store -> new ChangedStore(store) {
                @Override
                public List<BackupSummary> list() {
                    return super.list().stream().limit(1_000).toList();
                }
            },
            "thousandsOfBackupsAreListedNewestFirst"),

    DOES_NOT_REPORT_FOREIGN_FILES(
            store -> new ChangedStore(store) {
                @Override
                public List<String> others(List<BackupSummary> backups) {
                    return List.of();
                }
            },
            "foreignFilesAreReportedAndNeverChanged"),

    IGNORES_RANGES_OF_DUMPS(
            store -> new ChangedStore(store) {
                @Override
                public InputStream openForeign(String name, Span span) {
                    return super.openForeign(name, new Span(0, Integer.MAX_VALUE));
                }
            },
            "theFilesOfADirectoryWithADumpAreListedAndOpened"),

    IGNORES_RANGES(
            store -> new ChangedStore(store) {
                @Override
                public InputStream open(String name, List<Span> spans) {
                    return super.open(name);
                }
            },
            "onlyTheRequestedRangesAreOpened"),

    ENDS_THE_STREAM_OF_A_DELETED_BACKUP(
            store -> new ChangedStore(store) {
                @Override
                public InputStream open(String name) {
                    return new FilterInputStream(super.open(name)) {
                        @Override
                        public int read(byte[] bytes, int offset, int length) throws IOException {
                            return list().isEmpty() ? -1 : super.read(bytes, offset, length);
                        }
                    };
                }
            },
            "aBackupDeletedDuringAReadNeverLooksShorter"),

    LISTS_NOTHING_IF_ONE_MANIFEST_CANNOT_BE_READ(
            store -> new ChangedStore(store) {
                @Override
                public List<BackupSummary> list() {
                    List<BackupSummary> listed = super.list();
                    if (!others(listed).isEmpty()) {
                        throw new BackupStoreException("the store", "a manifest cannot be read", "Try again.", null);
                    }
                    return listed;
                }
            },
            "aBackupWhoseManifestCannotBeReadIsNamedAndNotListed"),

    REPORTS_UNREADABLE_AS_UNKNOWN(
            store -> new ChangedStore(store) {
                @Override
                public Manifest find(String name) {
                    try {
                        return super.find(name);
                    } catch (BackupStoreException e) {
                        throw new UnknownBackupException(name, description(), List.of());
                    }
                }
            },
            "aFailedReadIsReportedAndNeverLooksLikeAMissingOrShorterBackup"),

    DELETES_SIMILAR_NAMES(
            store -> new ChangedStore(store) {
                @Override
                public void delete(String name) {
                    super.delete(name);
                    list().stream()
                            .map(BackupSummary::name)
                            .filter(name::startsWith)
                            .forEach(super::delete);
                }
            },
            "onlyTheNamedBackupIsDeleted"),

    REPORTS_A_FAILED_DELETION_AS_DONE(
            store -> new ChangedStore(store) {
                @Override
                public void delete(String name) {
                    try {
                        super.delete(name);
                    } catch (BackupStoreException e) {
                        // Reports success.
                    }
                }
            },
            "aFailedDeletionLeavesNoPartialBackup"),

    CHANGES_NAMES(
            store -> new ChangedStore(store) {
                @Override
                public BackupUpload begin(String name, String extension) {
                    String changed = name.replaceAll("[^A-Za-z0-9]", "-");
                    return super.begin(changed.isEmpty() ? "nameless" : changed, extension);
                }
            },
            "anInvalidNameIsRefusedOrUnknown",
            "aNameMayContainWhateverAFileNameMay"),

    LISTS_A_PLACEHOLDER(
            store -> new ChangedStore(store) {
                @Override
                public BackupUpload begin(String name, String extension) {
                    SampleBackups.store(store, name, new byte[0]);
                    return super.begin(name, extension);
                }
            },
            "aBackupIsNotListedBeforeItIsComplete",
            "atEveryMomentACompleteBackupIsListedOrNone"),

    GIVES_THE_SAME_NAME_TWICE(
            store -> new ChangedStore(store) {
                @Override
                public BackupUpload begin(String name, String extension) {
                    return new Upload(super.begin(name, extension)) {
                        @Override
                        public String name() {
                            return name;
                        }
                    };
                }
            },
            "twoWritersThatRequestOneNameGetTwoNames",
            "racingWritersGetDifferentNames"),

    LOSES_THE_END_OF_A_PIECE(
            uploads(upload -> new ChangedStore.Upload(upload) {
                @Override
                public void write(byte[] bytes, int offset, int length) throws IOException {
                    super.write(bytes, offset, Math.min(length, 700_000));
                }
            }),
            "dataWrittenInManyPiecesIsStoredUnchanged"),

    IGNORES_WRITES_AFTER_THE_END(
            uploads(upload -> new ChangedStore.Upload(upload) {
                @Override
                public void write(byte[] bytes, int offset, int length) {
                    try {
                        super.write(bytes, offset, length);
                    } catch (IOException e) {
                        // Ignores the failure.
                    }
                }
            }),
            "nothingCanBeWrittenAfterTheEnd"),

    LOSES_WRITES_AFTER_CONTENTS(
            uploads(upload -> new ChangedStore.Upload(upload) {
                private boolean read;

                @Override
                public InputStream contents() throws IOException {
                    read = true;
                    return super.contents();
                }

                @Override
                public void write(byte[] bytes, int offset, int length) throws IOException {
                    super.write(bytes, offset, read ? 0 : length);
                }
            }),
            "dataWrittenAfterTheContentsWereReadIsStoredOrRefused"),

    CUTS_NOTHING(
            uploads(upload -> new ChangedStore.Upload(upload) {
                @Override
                public void cut(List<Span> spans) {}
            }),
            "cutRangesAreRemoved",
            "aFailedCutLeavesNoPartialBackup"),

    STOPS_WHEN_INTERRUPTED(
            uploads(upload -> new ChangedStore.Upload(upload) {
                @Override
                public Manifest complete(Manifest manifest) {
                    if (Thread.currentThread().isInterrupted()) {
                        throw new BackupStoreException("the store", "the thread was interrupted", "Try again.", null);
                    }
                    return super.complete(manifest);
                }
            }),
            "anInterruptedThreadCanEndAnUpload"),

    REPORTS_A_FAILED_UPLOAD_AS_COMPLETE(
            uploads(upload -> new ChangedStore.Upload(upload) {
                @Override
                public Manifest complete(Manifest manifest) {
                    try {
                        return super.complete(manifest);
                    } catch (BackupStoreException e) {
                        return manifest;
                    }
                }
            }),
            "aFailedUploadLeavesNoPartialBackup",
            "aFailedUploadInPiecesLeavesNoPartialBackup"),

    LEAVES_ABANDONED_UPLOADS(
            uploads(upload -> new ChangedStore.Upload(upload) {
                @Override
                public void close() {}
            }),
            "anAbandonedUploadLeavesNothing",
            "anUploadCanBeAbandonedWhateverFails");

    private final UnaryOperator<BackupStore> flawed;

    private final List<String> tests;

    Flaw(UnaryOperator<BackupStore> flawed, String... tests) {
        this.flawed = flawed;
        this.tests = List.of(tests);
    }

    private static UnaryOperator<BackupStore> uploads(UnaryOperator<BackupUpload> flawed) {
        return store -> new ChangedStore(store) {
            @Override
            public BackupUpload begin(String name, String extension) {
                return flawed.apply(super.begin(name, extension));
            }
        };
    }

    BackupStore of(BackupStore store) {
        return flawed.apply(store);
    }

    List<String> tests() {
        return tests;
    }
}
