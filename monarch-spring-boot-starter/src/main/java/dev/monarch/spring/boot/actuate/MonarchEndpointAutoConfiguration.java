package dev.monarch.spring.boot.actuate;

import java.time.Clock;

import org.springframework.aot.hint.annotation.RegisterReflectionForBinding;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

import dev.monarch.backfill.Backfills;
import dev.monarch.backup.BackupService;
import dev.monarch.backup.BackupStores;
import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.migration.Migrator;
import dev.monarch.spring.boot.autoconfigure.BackupScheduler;
import dev.monarch.spring.boot.autoconfigure.LockProperties;
import dev.monarch.spring.boot.autoconfigure.MigrationProperties;
import dev.monarch.spring.boot.autoconfigure.MonarchBackupAutoConfiguration;
import dev.monarch.spring.boot.autoconfigure.MonarchEnvironmentAutoConfiguration;
import dev.monarch.spring.boot.autoconfigure.WhenLocked;
import dev.monarch.spring.boot.operation.InterruptibleOperations;
import dev.monarch.spring.boot.operation.RunningOperations;
import dev.monarch.spring.boot.status.EnvironmentReader;

/** Auto-configuration for the endpoint {@code monarch} of Actuator. */
@AutoConfiguration(after = {MonarchEnvironmentAutoConfiguration.class, MonarchBackupAutoConfiguration.class})
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnBean({EnvironmentRegistry.class, BackupStores.class})
@ConditionalOnAvailableEndpoint(MonarchEndpoint.class)
@EnableConfigurationProperties(ActuatorProperties.class)
@RegisterReflectionForBinding({
    EndpointBody.Summary.class,
    EndpointBody.Migrations.class,
    EndpointBody.Lock.class,
    EndpointBody.Backups.class,
    EndpointBody.Schedules.class,
    EndpointBody.Operations.class,
    EndpointBody.Started.class,
    EndpointBody.Backfills.class,
    EndpointBody.ControlledBackfill.class,
    EndpointBody.Paced.class,
    EndpointBody.Problem.class
})
public final class MonarchEndpointAutoConfiguration {

    /** Called by Spring. */
    public MonarchEndpointAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    RunningOperations monarchRunningOperations() {
        return new RunningOperations(Clock.systemUTC());
    }

    @Bean
    RequestedOperations monarchRequestedOperations(
            ActuatorProperties properties,
            EnvironmentRegistry environments,
            BackupStores stores,
            ListableBeanFactory beans,
            RunningOperations operations,
            LockProperties lock) {
        InterruptibleOperations interruptible =
                beans.getBeanProvider(InterruptibleOperations.class).getIfAvailable(InterruptibleOperations::new);
        return new RequestedOperations(
                properties.operations(),
                new RequestedWork(
                        environments,
                        stores,
                        beans.getBeanProvider(BackupService.class),
                        new RequestedMigration(
                                environments,
                                beans.getBeanProvider(Migrator.class),
                                operations,
                                interruptible,
                                lock.toSettings(WhenLocked.WAIT))));
    }

    @Bean
    @ConditionalOnMissingBean
    MonarchEndpoint monarchEndpoint(
            EnvironmentRegistry environments,
            ListableBeanFactory beans,
            MigrationProperties migrations,
            BackupStores stores,
            ObjectProvider<BackupScheduler> schedulers,
            RunningOperations operations,
            RequestedOperations requested) {
        return new MonarchEndpoint(
                new EndpointParts(
                        new EnvironmentReader(environments, beans, migrations),
                        stores,
                        schedulers,
                        operations,
                        beans.getBeanProvider(Backfills.class)),
                requested);
    }
}
