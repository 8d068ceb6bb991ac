package dev.monarch.spring.boot.command;

import org.springframework.beans.factory.ListableBeanFactory;

import dev.monarch.migration.Migrator;

/** A verb for the migrations of an environment. */
abstract class MigrationVerb extends VerbInContext {

    private final Migrator migrator;

    private final ListableBeanFactory beans;

    MigrationVerb(Migrator migrator, ListableBeanFactory beans) {
        this.migrator = migrator;
        this.beans = beans;
    }

    Migrator migrator() {
        return migrator;
    }

    String environment() {
        return migrator.environment().name();
    }

    ListableBeanFactory beans() {
        return beans;
    }

    /** Ends an interrupted swap before anything is changed. A dry run only warns, on standard error. */
    void endInterruptedSwap(boolean dryRun) {
        InterruptedSwap.endOrReport(dryRun, console(), beans);
    }
}
