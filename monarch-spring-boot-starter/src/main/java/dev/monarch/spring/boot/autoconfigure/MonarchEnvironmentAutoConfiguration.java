package dev.monarch.spring.boot.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import com.mongodb.client.MongoClient;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnNotWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.data.mongodb.autoconfigure.DataMongoAutoConfiguration;
import org.springframework.boot.data.mongodb.autoconfigure.DataMongoReactiveAutoConfiguration;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.data.mongodb.MongoDatabaseFactory;

import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.environment.EnvironmentRegistry.OperationListener;
import dev.monarch.environment.Guard;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.transfer.Pace;
import dev.monarch.transfer.TransferProgress.RunningTransfers;

/** Auto-configuration for environments, and for the guard that protects them. */
@AutoConfiguration(after = {DataMongoAutoConfiguration.class, DataMongoReactiveAutoConfiguration.class})
@ConditionalOnClass({MongoClient.class, MongoDatabaseFactory.class})
@Conditional(OnMongoBeanCondition.class)
@ConditionalOnSetting(value = RuntimeConditions.ENABLED, matchIfMissing = true)
@EnableConfigurationProperties({MonarchProperties.class, TransferProperties.class})
public final class MonarchEnvironmentAutoConfiguration {

    /** Called by Spring. */
    public MonarchEnvironmentAutoConfiguration() {}

    /**
     * Created in this context: a child may have a MongoDatabaseFactory, and so an own environment, that its parent
     * does not have.
     */
    @Bean
    @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
    EnvironmentRegistry monarchEnvironmentRegistry(
            MonarchProperties properties,
            ObjectProvider<SslBundles> sslBundles,
            ConfigurableEnvironment environment,
            ResourceLoader resourceLoader,
            ObjectProvider<EnvironmentInPlace> inPlace,
            ConfigurableListableBeanFactory beans) {
        ConfiguredEnvironments configured = new ConfiguredEnvironments(
                properties,
                new ProfileConnections(new ProfileConfigData(environment, resourceLoader), sslBundles.getIfAvailable()),
                sslBundles.getIfAvailable());
        OwnEnvironment own = new OwnEnvironment(properties.environment(), configured, new SpringBootClients(beans));
        return new EnvironmentRegistry(
                () -> own.of(new MongoBeans(beans)),
                environments(configured, inPlace.getIfAvailable()),
                new OperationListeners(beans.getBeanProvider(OperationListener.class)));
    }

    private static List<MonarchEnvironment> environments(
            ConfiguredEnvironments configured, @Nullable EnvironmentInPlace inPlace) {
        List<MonarchEnvironment> environments = new ArrayList<>(configured.environments());
        if (inPlace != null) {
            // After a configured environment with its name, which replaces it.
            environments.add(inPlace.own(configured));
        }
        return environments;
    }

    @Bean
    @Lazy
    @ConditionalOnMissingBean
    RunningTransfers monarchRunningTransfers() {
        return new RunningTransfers();
    }

    /** Requests are served by the same process, on the same processors. */
    @Bean
    @Lazy
    @ConditionalOnWebApplication
    @ConditionalOnMissingBean
    Pace monarchServingPace(TransferProperties properties) {
        return properties.toPace().or(Pace.GENTLE);
    }

    /** Only its caller waits for a command or a batch. */
    @Bean
    @Lazy
    @ConditionalOnNotWebApplication
    @ConditionalOnMissingBean
    Pace monarchPace(TransferProperties properties) {
        return properties.toPace().or(Pace.FULL);
    }

    @Bean
    @ConditionalOnMissingBean
    Guard monarchGuard(MonarchProperties properties) {
        return new Guard(properties.dropEnabled());
    }
}
