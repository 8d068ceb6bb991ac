package dev.monarch.spring.boot.command;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.bson.Document;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringApplication.AbandonedRunException;
import org.springframework.boot.bootstrap.BootstrapRegistry.InstanceSupplier;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.core.io.DefaultResourceLoader;

import dev.monarch.spring.boot.command.shelter.ShelterApplication;
import dev.monarch.spring.boot.process.UnusedAutoConfigurations;
import dev.monarch.test.TestMongo;

/** Runs commands in this process, with a terminal or a pipe. */
final class Commands {

    private final List<String> springArguments = new ArrayList<>(List.of(UnusedAutoConfigurations.EXCLUDED));

    private final List<Class<?>> sources = new ArrayList<>(List.of(ShelterApplication.class));

    private String answers = "";

    private boolean terminal;

    private ClassLoader classes = Commands.class.getClassLoader();

    /** The output of a command. */
    record Result(int exit, String out, String err) {

        /** The only document in the output. */
        Document json() {
            return Document.parse(out);
        }
    }

    static Commands on(TestMongo mongo) {
        return new Commands().with("--spring.mongodb.uri=" + mongo.uri());
    }

    /** Runs commands of another application than the shelter. */
    static Commands of(TestMongo mongo, Class<?>... application) {
        Commands commands = on(mongo);
        commands.sources.clear();
        return commands.and(application);
    }

    Commands with(String... arguments) {
        springArguments.addAll(Arrays.asList(arguments));
        return this;
    }

    Commands and(Class<?>... configurations) {
        sources.addAll(Arrays.asList(configurations));
        return this;
    }

    /** Uses an application with all auto-configurations. */
    Commands whole() {
        springArguments.remove(UnusedAutoConfigurations.EXCLUDED);
        return this;
    }

    /** Uses this class loader. */
    Commands in(ClassLoader loader) {
        classes = loader;
        return this;
    }

    /** Simulates a terminal with these lines as input. */
    Commands typing(String... lines) {
        terminal = true;
        answers = String.join("\n", lines) + "\n";
        return this;
    }

    Result run(String... words) {
        List<String> arguments = new ArrayList<>(springArguments);
        arguments.add("monarch");
        arguments.addAll(Arrays.asList(words));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        List<Integer> exits = new ArrayList<>();
        CommandConsole console = new CommandConsole(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                new BufferedReader(new StringReader(answers)),
                terminal,
                false);
        SpringApplication application = new SpringApplication(sources.toArray(Class<?>[]::new));
        application.setResourceLoader(new DefaultResourceLoader(classes));
        application.addBootstrapRegistryInitializer(registry -> {
            registry.register(CommandConsole.class, InstanceSupplier.of(console));
            registry.register(CommandExit.class, InstanceSupplier.of(exits::add));
        });
        run(application, arguments);
        if (exits.isEmpty()) {
            throw new AssertionError("it has not ended: " + words[0]);
        }
        return new Result(exits.get(0), out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** All tests share the logging of this process. */
    private static void run(SpringApplication application, List<String> arguments) {
        String before = System.setProperty(LoggingSystem.SYSTEM_PROPERTY, LoggingSystem.NONE);
        try {
            application.run(arguments.toArray(String[]::new)).close();
        } catch (AbandonedRunException e) {
            // A command ends this way if the process continues.
        } catch (RuntimeException e) {
            // The context could not start, and the command has reported it.
        } finally {
            if (before == null) {
                System.clearProperty(LoggingSystem.SYSTEM_PROPERTY);
            } else {
                System.setProperty(LoggingSystem.SYSTEM_PROPERTY, before);
            }
        }
    }
}
