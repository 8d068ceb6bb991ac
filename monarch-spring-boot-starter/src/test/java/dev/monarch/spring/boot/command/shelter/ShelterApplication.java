package dev.monarch.spring.boot.command.shelter;

import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.stereotype.Component;

/** An application with parts that a command must not start: security, runners, one of which fails, and a schedule. */
@SpringBootApplication
@EnableScheduling
public class ShelterApplication {

    /** The output of each part that runs. A command must not print it. */
    public static final String NOISE = "the application itself runs: ";

    public static void main(String[] arguments) {
        SpringApplication.run(ShelterApplication.class, arguments);
        System.out.println(NOISE + "behind run");
    }

    @Bean
    SecurityFilterChain security(HttpSecurity http) throws Exception {
        System.out.println(NOISE + "security");
        return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .build();
    }

    @Bean
    @Order(1)
    CommandLineRunner runner() {
        return arguments -> System.out.println(NOISE + "CommandLineRunner");
    }

    @Bean
    @Order(2)
    ApplicationRunner failingRunner() {
        return arguments -> {
            System.out.println(NOISE + "failing runner");
            throw new IllegalStateException(NOISE + "failing runner");
        };
    }

    /** It has a repository, which must not be used. */
    @Component
    static class Feeding {

        Feeding(Animals animals) {
            System.out.println(
                    NOISE + "scheduled bean with " + animals.getClass().getSimpleName());
        }

        @Scheduled(fixedRate = 1)
        void feed() {
            System.out.println(NOISE + "Scheduled");
        }
    }
}
