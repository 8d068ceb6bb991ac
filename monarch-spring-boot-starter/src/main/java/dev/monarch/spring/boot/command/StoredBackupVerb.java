package dev.monarch.spring.boot.command;

import java.util.List;
import java.util.Optional;

import org.springframework.beans.factory.ListableBeanFactory;
import picocli.CommandLine.Mixin;

import dev.monarch.backup.BackupService;
import dev.monarch.backup.BackupStores;

/**
 * The base of the verbs on stored backups. They open no connection to a database, and need no beans of the application
 * except its stores. For them, the application starts as {@link ReducedStart} describes.
 */
abstract class StoredBackupVerb extends VerbInContext {

    @Mixin
    private StoreOption store;

    private final BackupService backups;

    StoredBackupVerb(BackupService backups) {
        this.backups = backups;
    }

    BackupService backups() {
        return backups;
    }

    StoreOption store() {
        return store;
    }

    /** Returns the stores that the verb uses; an empty one is the default store. Also called on a verb without beans. */
    List<Optional<String>> stores() {
        return List.of(Optional.ofNullable(store.name()));
    }

    /**
     * Creates what the verb needs.
     *
     * @throws RuntimeException if something is missing
     */
    void requireIn(ListableBeanFactory beans) {
        BackupStores all = beans.getBeanProvider(BackupStores.class).getObject();
        stores().forEach(name -> all.get(name.orElse(null)));
        beans.getBeanProvider(BackupService.class).getObject();
    }
}
