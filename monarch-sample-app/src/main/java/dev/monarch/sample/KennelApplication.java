package dev.monarch.sample;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** A kennel with dogs, dog houses and accounts. */
@SpringBootApplication(proxyBeanMethods = false)
public class KennelApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(KennelApplication.class, arguments);
    }
}
