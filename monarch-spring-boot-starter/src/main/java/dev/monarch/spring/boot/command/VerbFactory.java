package dev.monarch.spring.boot.command;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.objenesis.SpringObjenesis;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IFactory;

/**
 * Creates verbs and their mixins with what their constructors ask for, and everything else as picocli does.
 *
 * <p>Before the application is started, a verb that works with its beans is created without its constructor: only its options
 * and words are asked for.
 */
final class VerbFactory implements IFactory {

    private static final String OWN_PACKAGE = VerbFactory.class.getPackageName();

    private final DefaultListableBeanFactory parts = new DefaultListableBeanFactory();

    private final @Nullable ConfigurableListableBeanFactory beans;

    /**
     * Creates a factory.
     *
     * @param beans those of the application, or null if it is not started
     * @param parts what a constructor may ask for besides
     */
    VerbFactory(@Nullable ConfigurableListableBeanFactory beans, Object... parts) {
        this.beans = beans;
        for (Object part : parts) {
            this.parts.registerSingleton(part.getClass().getName(), part);
        }
        if (beans != null) {
            this.parts.setParentBeanFactory(beans);
            this.parts.registerResolvableDependency(ListableBeanFactory.class, beans);
        }
    }

    /** Tells whether a verb is called in the application: one of the application's own always is. */
    static boolean isForBeans(Class<?> type) {
        return VerbInContext.class.isAssignableFrom(type)
                || type.isAnnotationPresent(Command.class)
                        && !isOfMonarch(type)
                        && !type.getPackageName().equals(CommandLine.class.getPackageName());
    }

    private static boolean isOfMonarch(Class<?> type) {
        return type.getPackageName().equals(OWN_PACKAGE);
    }

    @Override
    public <K> K create(Class<K> type) throws Exception {
        if (isForBeans(type) && beans == null) {
            return new SpringObjenesis().newInstance(type);
        }
        if (isOfMonarch(type)) {
            return parts.createBean(type);
        }
        if (beans == null || !isForBeans(type)) {
            return CommandLine.defaultFactory().create(type);
        }
        return beans.getBeanNamesForType(type, true, false).length > 0 ? beans.getBean(type) : beans.createBean(type);
    }
}
