package dev.monarch.spring.boot.command;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.monarch.spring.boot.version.WholeKilograms;
import dev.monarch.version.DocumentVersion;
import dev.monarch.version.DocumentVersionChange;

/** An application whose dogs have version 2. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class VersionedKennel {

    @Bean
    @DocumentVersion(collection = "dogs", version = 2)
    DocumentVersionChange weightInKg() {
        return new WholeKilograms();
    }
}
