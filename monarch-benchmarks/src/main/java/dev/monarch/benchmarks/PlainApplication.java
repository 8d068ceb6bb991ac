package dev.monarch.benchmarks;

import java.lang.management.ManagementFactory;
import java.util.Locale;

import com.mongodb.client.MongoClient;
import com.sun.management.OperatingSystemMXBean;
import org.bson.Document;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * An application that starts completely, asks its database once, and prints what that took. It also runs without Monarch on its
 * class path. Not a component, so that no application of this package finds it.
 */
@EnableAutoConfiguration
public class PlainApplication {

    /** The beginning of the line that it prints: processor time in milliseconds, and loaded classes. */
    static final String FIGURES = "figures ";

    /**
     * Starts it, and ends it.
     *
     * @param arguments Spring's arguments
     */
    public static void main(String[] arguments) {
        run(PlainApplication.class, arguments);
    }

    static void run(Class<?> application, String... arguments) {
        try (ConfigurableApplicationContext context = SpringApplication.run(application, arguments)) {
            context.getBean(MongoClient.class).getDatabase("admin").runCommand(new Document("ping", 1));
            OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
            System.out.printf(
                    Locale.ROOT,
                    "%n%s%d %d%n",
                    FIGURES,
                    system.getProcessCpuTime() / 1_000_000,
                    ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount());
        }
    }
}
