package dev.monarch.engine.migration;

import java.util.Objects;

import com.mongodb.WriteConcern;
import com.mongodb.client.ClientSession;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.beans.DirectFieldAccessor;
import org.springframework.context.ApplicationContext;
import org.springframework.data.mapping.callback.EntityCallbacks;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.WriteConcernResolver;
import org.springframework.data.mongodb.core.WriteResultChecking;
import org.springframework.data.mongodb.core.convert.MappingMongoConverter;
import org.springframework.data.mongodb.core.convert.MongoConverter;
import org.springframework.util.ReflectionUtils;

/**
 * An application's own template, adapted to a session or to another environment.
 *
 * <p>{@link MongoTemplate#withSession(ClientSession)} keeps the converter and the event publisher, but loses the entity
 * callbacks (for example auditing) and the write settings. The template has setters for these, but no getters. A
 * template of the user's own class would lose the behaviour of that class. Monarch cannot detect that behaviour, so it
 * refuses such a template.
 */
final class ApplicationTemplate {

    private final MongoOperations own;

    ApplicationTemplate(MongoOperations own) {
        this.own = own;
    }

    /** Tells whether the template works on the databases of this factory. */
    boolean isOf(@Nullable MongoDatabaseFactory databases) {
        return databases != null
                && (!(unwrapped() instanceof MongoTemplate template)
                        || template.getMongoDatabaseFactory() == databases);
    }

    /**
     * Returns the template with each call on it bound to a session.
     *
     * @throws IllegalStateException if the template is of the user's own class, whose behaviour would be lost
     */
    MongoOperations in(@Nullable ClientSession session) {
        if (session == null) {
            return own;
        }
        if (!(unwrapped() instanceof MongoTemplate template)) {
            return own.withSession(session);
        }
        if (bindsItself(template)) {
            return template.withSession(session);
        }
        requireMongoTemplateClass(template);
        MongoTemplate bound = template.withSession(session);
        copySettings(template, bound);
        return bound;
    }

    /**
     * Returns an equal template for other databases.
     *
     * @throws IllegalStateException if the template is of the user's own class, whose behaviour would be lost
     */
    MongoOperations on(MongoDatabaseFactory databases) {
        MongoConverter converter = own.getConverter();
        MongoTemplate other = new MongoTemplate(
                databases, converter instanceof MappingMongoConverter mapping ? mapping.with(databases) : converter);
        if (unwrapped() instanceof MongoTemplate template) {
            requireMongoTemplateClass(template);
            copySettings(template, other);
            publishLike(template, other);
        }
        return other;
    }

    private Object unwrapped() {
        Object target = AopProxyUtils.getSingletonTarget(own);
        return target != null ? target : own;
    }

    private static boolean bindsItself(MongoTemplate template) {
        var binding = ReflectionUtils.findMethod(template.getClass(), "withSession", ClientSession.class);
        return binding != null && binding.getDeclaringClass() != MongoTemplate.class;
    }

    private static void requireMongoTemplateClass(MongoTemplate template) {
        Class<?> type = template.getClass();
        if (type != MongoTemplate.class) {
            throw new IllegalStateException("context.template() cannot return the application's template: it is a "
                    + type.getName() + ", and the behaviour of that class would be lost. Override its"
                    + " withSession(ClientSession), use context.database(), or inject the template");
        }
    }

    private static void copySettings(MongoTemplate from, MongoTemplate to) {
        DirectFieldAccessor fields = new DirectFieldAccessor(from);
        to.setWriteConcern((WriteConcern) fields.getPropertyValue("writeConcern"));
        to.setWriteConcernResolver((WriteConcernResolver) fields.getPropertyValue("writeConcernResolver"));
        to.setWriteResultChecking(Objects.requireNonNullElse(
                (WriteResultChecking) fields.getPropertyValue("writeResultChecking"), WriteResultChecking.NONE));
        if (from.getReadPreference() != null) {
            to.setReadPreference(from.getReadPreference());
        }
        if (fields.getPropertyValue("entityCallbacks") instanceof EntityCallbacks callbacks) {
            to.setEntityCallbacks(callbacks);
        }
    }

    /**
     * Skips the publisher if indexes are created automatically: the application would also create them on the other
     * databases.
     */
    private static void publishLike(MongoTemplate from, MongoTemplate to) {
        boolean createsIndexes = new DirectFieldAccessor(to).getPropertyValue("indexCreator") != null;
        if (!createsIndexes
                && new DirectFieldAccessor(from).getPropertyValue("resourceLoader")
                        instanceof ApplicationContext context) {
            to.setApplicationContext(context);
        }
    }
}
