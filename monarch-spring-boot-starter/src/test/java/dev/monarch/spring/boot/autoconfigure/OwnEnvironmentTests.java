package dev.monarch.spring.boot.autoconfigure;

import com.mongodb.ConnectionString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.mongodb.autoconfigure.MongoConnectionDetails;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.environment.Guard.GuardedOperation.Exposure;

import static org.assertj.core.api.Assertions.assertThat;

/** The name and the database of the application's own environment. */
class OwnEnvironmentTests {

    private final ApplicationContextRunner application = ConfigFiles.applicationWithoutFiles();

    @Test
    void theConfiguredNameIsUsed() {
        application
                .withPropertyValues(
                        "spring.mongodb.uri=mongodb://localhost:1/own",
                        "monarch.environment=mine",
                        "monarch.environments.same.uri=mongodb://localhost:1/own")
                .run(context -> assertThat(
                                ConfigFiles.environmentsOf(context).own().name())
                        .isEqualTo("mine"));
    }

    @ParameterizedTest
    @CsvSource({
        "mongodb://localhost:1/own,                        mongodb://localhost:1/own",
        "mongodb://localhost:1/own,                        mongodb://127.0.0.1:1/own",
        "mongodb://localhost/own,                          mongodb://localhost:27017/own",
        "'mongodb://a.example.com,b.example.com/own',      'mongodb://b.example.com,a.example.com:27017/own'",
        "mongodb://localhost:1/own,                        mongodb://u:p@LOCALHOST:1/own?retryWrites=false"
    })
    void otherwiseItIsTheConfiguredEnvironmentWithTheSameAddress(String own, String configured) {
        application
                .withPropertyValues("spring.mongodb.uri=" + own, "monarch.environments.same.uri=" + configured)
                .run(context -> {
                    EnvironmentRegistry environments = ConfigFiles.environmentsOf(context);
                    assertThat(environments.own().name()).isEqualTo("same");
                    assertThat(environments.names()).containsExactly("same");
                    assertThat(environments.get("same")).isSameAs(environments.own());
                });
    }

    @ParameterizedTest
    @CsvSource({"mongodb://localhost:1/other", "mongodb://localhost:2/own", "mongodb://db.example.com:1/own"})
    void otherwiseItIsCalledDefault(String configured) {
        application
                .withPropertyValues(
                        "spring.mongodb.uri=mongodb://localhost:1/own", "monarch.environments.other.uri=" + configured)
                .run(context -> {
                    EnvironmentRegistry environments = ConfigFiles.environmentsOf(context);
                    assertThat(environments.own().name()).isEqualTo("default");
                    assertThat(environments.names()).containsExactly("default", "other");
                });
    }

    @Test
    void itIsNeverNamedAfterAProfile() {
        application
                .withPropertyValues("spring.mongodb.uri=mongodb://localhost:1/own", "spring.profiles.active=production")
                .run(context -> assertThat(
                                ConfigFiles.environmentsOf(context).own().name())
                        .isEqualTo("default"));
    }

    @Test
    void theProtectionConfiguredForItsNameApplies() {
        application
                .withPropertyValues(
                        "spring.mongodb.uri=mongodb://localhost:1/own",
                        "monarch.environments.same.uri=mongodb://localhost:1/own",
                        "monarch.environments.same.protected=true")
                .run(context -> assertThat(
                                ConfigFiles.environmentsOf(context).own().exposure())
                        .isEqualTo(Exposure.PROTECTED));
    }

    @Test
    void withoutAConfiguredProtectionItsNameAndHostDecide() {
        application
                .withPropertyValues("spring.mongodb.uri=mongodb://localhost:1/own")
                .run(context -> assertThat(
                                ConfigFiles.environmentsOf(context).own().exposure())
                        .isEqualTo(Exposure.LOOPBACK));
    }

    @Test
    void connectionDetailsTakePrecedenceOverProperties() {
        application
                .withUserConfiguration(Details.class)
                .withPropertyValues(
                        "spring.mongodb.uri=mongodb://db.example.com/properties",
                        "monarch.environments.properties.uri=mongodb://db.example.com/properties",
                        "monarch.environments.details.uri=mongodb://localhost:3/details")
                .run(context -> {
                    assertThat(ConfigFiles.environmentsOf(context).own().name()).isEqualTo("details");
                    assertThat(ConfigFiles.environmentsOf(context).own().address())
                            .hasToString("EnvironmentAddress[hosts=[localhost:3], database=details]");
                });
    }

    @Configuration(proxyBeanMethods = false)
    static class Details {

        @Bean
        MongoConnectionDetails details() {
            return () -> new ConnectionString("mongodb://localhost:3/details");
        }
    }
}
