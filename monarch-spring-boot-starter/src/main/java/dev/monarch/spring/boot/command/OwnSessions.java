package dev.monarch.spring.boot.command;

import java.util.Objects;
import java.util.Set;

import org.springframework.beans.factory.ListableBeanFactory;

import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.lock.EnvironmentLock;
import dev.monarch.lock.LockSettings;
import dev.monarch.lock.ProcessName;
import dev.monarch.migration.history.HistoryEntry;
import dev.monarch.migration.history.MigrationHistory;
import dev.monarch.migration.history.MigrationState;
import dev.monarch.spring.boot.autoconfigure.MigrationProperties;

/** The sessions on the server in which this process is running a migration right now. */
final class OwnSessions {

    private static final Set<MigrationState> AT_WORK = Set.of(MigrationState.RUNNING, MigrationState.ROLLING_BACK);

    private final ListableBeanFactory beans;

    OwnSessions(ListableBeanFactory beans) {
        this.beans = beans;
    }

    /** Asks the server to end them, whatever they are at, without waiting for it. */
    void kill() {
        MonarchEnvironment environment = Beans.migrator(beans).environment();
        MigrationProperties properties = beans.getBean(MigrationProperties.class);
        EnvironmentLock lock = new EnvironmentLock(environment, LockSettings.DEFAULT);
        new MigrationHistory(environment, properties.historyCollection(), properties.scope())
                .read().stream()
                        .filter(entry -> AT_WORK.contains(entry.state()))
                        .filter(entry -> ProcessName.get().equals(entry.host()))
                        .map(HistoryEntry::session)
                        .filter(Objects::nonNull)
                        .forEach(lock::kill);
    }
}
