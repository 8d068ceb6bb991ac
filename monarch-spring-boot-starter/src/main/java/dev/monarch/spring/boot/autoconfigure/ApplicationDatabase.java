package dev.monarch.spring.boot.autoconfigure;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.mongodb.client.MongoClient;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.MongoTemplate;

import dev.monarch.InvalidEnvironmentException;

/**
 * Finds the database that an application works on by asking its beans, and refuses if they do not agree.
 *
 * <p>The application's template decides: the only one, the primary one, or else {@code mongoTemplate}, which Spring
 * Data's repositories use. If there is none, the only or primary factory decides. A bean that the application defines
 * counts more than one that Spring Boot made for it.
 */
final class ApplicationDatabase {

    /** The default of {@code @EnableMongoRepositories(mongoTemplateRef = …)}. */
    private static final String TEMPLATE_OF_REPOSITORIES = "mongoTemplate";

    private static final String SAY_WHICH = "mark the one that is in the application's database as @Primary";

    private final MongoBeans beans;

    private final String environment;

    /**
     * Prepares to ask the beans.
     *
     * @param beans the application's beans
     * @param environment the name of the application's own environment, for messages
     */
    ApplicationDatabase(MongoBeans beans, String environment) {
        this.beans = beans;
        this.environment = environment;
    }

    /**
     * The database of the application.
     *
     * @param decidedBy the bean that decides
     * @param client its client
     * @param database its database
     * @param factory the factory it works with, or null if unknown
     */
    record Location(
            MongoBean decidedBy,
            MongoClient client,
            String database,
            @Nullable MongoDatabaseFactory factory) {}

    /**
     * Finds the database.
     *
     * @throws InvalidEnvironmentException if the beans use different databases, or do not say which one
     */
    Location locate() {
        MongoBean deciding = deciding();
        requireAnswer(deciding);
        requireNoLeftover(deciding);
        MongoDatabaseFactory factory = factoryOf(deciding);
        MongoClient client = clientOf(factory);
        String database = deciding.place().database();
        if (client == null || database == null) {
            throw refused("bean '" + deciding.name() + "'", "it does not tell which server it is connected to");
        }
        return new Location(deciding, client, database, factory);
    }

    /** Returns the template that the application works with, if it is known. */
    Optional<MongoBean> template() {
        return beans.only(MongoOperations.class)
                .or(() -> beans.ofType(MongoOperations.class).stream()
                        .filter(template -> template.name().equals(TEMPLATE_OF_REPOSITORIES))
                        .findFirst());
    }

    /**
     * Returns the template that the application works with.
     *
     * @throws IllegalStateException if there are several and none is marked
     */
    MongoOperations requireTemplate() {
        return (MongoOperations) template()
                .orElseThrow(() -> new IllegalStateException(
                        "context.template() cannot return the application's template: there are "
                                + beans.ofType(MongoOperations.class).stream()
                                        .map(bean -> "'" + bean.name() + "'")
                                        .collect(Collectors.joining(", "))
                                + ", and it is unclear which one to use: " + SAY_WHICH))
                .instance();
    }

    boolean hasTemplate() {
        return !beans.ofType(MongoOperations.class).isEmpty();
    }

    private MongoBean deciding() {
        Optional<MongoBean> template = template();
        Optional<MongoBean> factory = beans.only(MongoDatabaseFactory.class);
        if (template.isPresent() && factory.isPresent()) {
            return oneOf(template.get(), factory.get());
        }
        List<MongoBean> templates = beans.ofType(MongoOperations.class);
        if (template.isEmpty() && factory.isPresent()) {
            return confirmed(factory.get(), templates);
        }
        return template.orElseGet(() ->
                agreed(Stream.concat(templates.stream(), beans.ofType(MongoDatabaseFactory.class).stream())
                        .toList()));
    }

    private MongoBean oneOf(MongoBean template, MongoBean factory) {
        if (template.ofSpringBoot() && !factory.ofSpringBoot()) {
            return factory;
        }
        boolean agree = template.place().mayBeAt(factory.place());
        if (!agree && !template.ofSpringBoot() && !factory.ofSpringBoot()) {
            throw disagreement(List.of(template, factory), "let both use the application's database");
        }
        return template;
    }

    /** Spring Boot's factory may exist without being used. */
    private MongoBean confirmed(MongoBean factory, List<MongoBean> templates) {
        boolean used = templates.isEmpty()
                || templates.stream().anyMatch(template -> template.place().mayBeAt(factory.place()));
        if (factory.ofSpringBoot() && !used) {
            throw disagreement(templates, SAY_WHICH);
        }
        return factory;
    }

    private MongoBean agreed(List<MongoBean> candidates) {
        if (candidates.isEmpty()) {
            throw refused(
                    "the application's beans",
                    "there is neither a MongoTemplate nor a MongoDatabaseFactory that says which database is the"
                            + " application's. Define one of them");
        }
        MongoBean first = candidates.get(0);
        if (!candidates.stream().allMatch(other -> other.place().mayBeAt(first.place()))) {
            throw disagreement(candidates, SAY_WHICH);
        }
        return first;
    }

    /**
     * If nothing is configured, Spring Boot connects to a default that an application with other beans does not use.
     */
    private void requireNoLeftover(MongoBean deciding) {
        if (!deciding.ofSpringBoot() || !beans.areOfADefaultConnection()) {
            return;
        }
        List<MongoBean> elsewhere = beans.all().stream()
                .filter(bean -> !bean.ofSpringBoot() && bean.place().database() != null)
                .filter(bean -> !bean.place().mayBeAt(deciding.place()))
                .toList();
        if (!elsewhere.isEmpty()) {
            throw disagreement(
                    Stream.concat(Stream.of(deciding), elsewhere.stream()).toList(),
                    "set spring.mongodb.uri to the application's database");
        }
    }

    private void requireAnswer(MongoBean deciding) {
        if (deciding.place().problem() != null) {
            throw refused(
                    "bean '" + deciding.name() + "'",
                    "it does not say which database the application uses ("
                            + deciding.place().problem()
                            + "): set monarch.migrations.run-at=never and run the migrations of each database with"
                            + " Migrator.on(…)");
        }
    }

    private static @Nullable MongoDatabaseFactory factoryOf(MongoBean deciding) {
        if (deciding.instance() instanceof MongoDatabaseFactory factory) {
            return factory;
        }
        return MongoBeanPlaces.unwrapped(deciding.instance()) instanceof MongoTemplate template
                ? template.getMongoDatabaseFactory()
                : null;
    }

    /** If a factory does not say which client it works with, it works with the only one. */
    private @Nullable MongoClient clientOf(@Nullable MongoDatabaseFactory factory) {
        MongoClient client = factory != null ? MongoBeanPlaces.clientOf(factory) : null;
        return client != null
                ? client
                : beans.only(MongoClient.class)
                        .map(bean -> (MongoClient) bean.instance())
                        .orElse(null);
    }

    private InvalidEnvironmentException disagreement(List<MongoBean> beans, String remedy) {
        return refused(
                "the application's beans",
                beans.stream().map(MongoBean::describe).collect(Collectors.joining(", "))
                        + ", and it is unclear which of them is the application's database: " + remedy);
    }

    private InvalidEnvironmentException refused(String what, String reason) {
        return new InvalidEnvironmentException(environment, what, reason);
    }
}
