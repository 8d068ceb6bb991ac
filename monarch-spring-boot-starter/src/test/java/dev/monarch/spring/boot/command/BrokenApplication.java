package dev.monarch.spring.boot.command;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes the start of an application fail: what still works needs no application. */
@Configuration(proxyBeanMethods = false)
class BrokenApplication {

    @Bean
    static BeanFactoryPostProcessor broken() {
        throw new IllegalStateException("this application does not start");
    }
}
