package dev.monarch.spring.boot.command;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes the start of the application fail, to test verbs that do not need it. */
@Configuration(proxyBeanMethods = false)
class BrokenApplication {

    @Bean
    static BeanFactoryPostProcessor broken() {
        throw new IllegalStateException("this application does not start");
    }
}
