package dev.monarch.spring.boot.command;

import org.bson.Document;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.monarch.version.DocumentVersion;
import dev.monarch.version.DocumentVersionChange;

/** An application whose dogs have version 2. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class VersionedKennel {

    @Bean
    @DocumentVersion(collection = "dogs", version = 2)
    DocumentVersionChange weightInKg() {
        return new DocumentVersionChange() {
            @Override
            public void upgrade(Document dog) {
                if (dog.remove("weight") instanceof Integer pounds) {
                    dog.put("weight_kg", pounds / 2);
                }
            }

            @Override
            public void downgrade(Document dog) {
                if (dog.remove("weight_kg") instanceof Integer kilograms) {
                    dog.put("weight", kilograms * 2);
                }
            }
        };
    }
}
