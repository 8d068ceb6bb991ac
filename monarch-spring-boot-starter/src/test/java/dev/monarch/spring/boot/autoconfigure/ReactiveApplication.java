package dev.monarch.spring.boot.autoconfigure;

import java.security.NoSuchAlgorithmException;
import java.util.List;
import javax.net.ssl.SSLContext;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCluster;
import com.mongodb.client.internal.MongoClientImpl;
import com.mongodb.connection.SslSettings;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import com.mongodb.reactivestreams.client.MongoClients;
import org.bson.Document;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication.AbandonedRunException;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundleKey;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.ssl.SslManagerBundle;
import org.springframework.boot.ssl.SslOptions;
import org.springframework.boot.ssl.SslStoreBundle;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.convert.converter.Converter;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.SimpleReactiveMongoDatabaseFactory;
import org.springframework.data.mongodb.core.convert.MongoCustomConversions;

import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.migration.Migration;
import dev.monarch.migration.MongoMigration;

/**
 * An application with reactive beans only, for {@link ReactiveOnlyTests}. Not nested: after ahead-of-time processing, Spring Boot
 * finds only an application whose class is not.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class ReactiveApplication {

    public static void main(String[] arguments) {
        try (var context = new SpringApplicationBuilder(ReactiveApplication.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .run(arguments)) {
            show(context);
        } catch (AbandonedRunException e) {
            // Ahead-of-time processing needs only the beans.
            throw e;
        } catch (RuntimeException e) {
            System.exit(1);
        }
        System.exit(0);
    }

    private static void show(ConfigurableApplicationContext context) {
        for (Class<?> type : List.of(
                MongoClient.class, MongoDatabaseFactory.class, MongoOperations.class, ReactiveMongoTemplate.class)) {
            System.out.println(type.getSimpleName() + ": " + context.getBeanNamesForType(type).length);
        }
        var own = context.getBean(EnvironmentRegistry.class).own();
        System.out.println("own: " + own.name() + " in " + own.address().database());
        System.out.println("client: " + tls(own.client(), context));
        System.out.println("own client: " + tls(own.ownClient(), context));
        System.out.println("health: "
                + context.getBean("mongoHealthContributor").getClass().getSimpleName());
    }

    private static String tls(MongoCluster client, ConfigurableApplicationContext context) {
        SslSettings tls = ((MongoClientImpl) client).getSettings().getSslSettings();
        if (!tls.isEnabled()) {
            return "no tls";
        }
        SSLContext bundled = context.getBean("bundled", SSLContext.class);
        return tls.getContext() == bundled ? "tls of the bundle" : "another tls";
    }

    @Bean
    @Profile("bundle")
    SSLContext bundled() throws NoSuchAlgorithmException {
        return SSLContext.getDefault();
    }

    @Bean
    @Profile("bundle")
    SslBundles bundles(SSLContext bundled) {
        return new DefaultSslBundleRegistry("shop", new BundleOf(bundled));
    }

    @Bean
    @Migration("1-dogs")
    MongoMigration dogs() {
        return migration -> {
            migration
                    .database()
                    .getCollection("dogs")
                    .insertOne(new Document("_id", 1).append("name", "through the database"));
            migration.template().insert(new Dog("through the template"), "dogs");
        };
    }

    @Bean
    MongoCustomConversions conversions() {
        return new MongoCustomConversions(List.of(new DogWriter()));
    }

    @Bean
    MongoClientSettingsBuilderCustomizer customizer() {
        return settings -> settings.applicationName("kennel").addCommandListener(new CommandListener() {
            @Override
            public void commandStarted(CommandStartedEvent event) {
                if (event.getCommandName().equals("findAndModify")
                        || event.getCommandName().equals("insert")) {
                    System.out.println("customized by the application");
                }
            }
        });
    }

    @Bean
    @Profile("elsewhere")
    ReactiveMongoTemplate elsewhere() {
        return new ReactiveMongoTemplate(
                new SimpleReactiveMongoDatabaseFactory(MongoClients.create("mongodb://localhost:2"), "orders"));
    }

    /** A bundle whose context the test knows. */
    private record BundleOf(SSLContext context) implements SslBundle {

        @Override
        public SslStoreBundle getStores() {
            return SslStoreBundle.NONE;
        }

        @Override
        public SslBundleKey getKey() {
            return SslBundleKey.NONE;
        }

        @Override
        public SslOptions getOptions() {
            return SslOptions.NONE;
        }

        @Override
        public String getProtocol() {
            return DEFAULT_PROTOCOL;
        }

        @Override
        public SslManagerBundle getManagers() {
            return SslManagerBundle.from(getStores(), getKey());
        }

        @Override
        public SSLContext createSslContext() {
            return context;
        }
    }

    record Dog(String name) {}

    private static final class DogWriter implements Converter<Dog, Document> {

        @Override
        public Document convert(Dog dog) {
            return new Document("_id", 2).append("name", dog.name() + ", with the application's converter");
        }
    }
}
