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
 * Creates verbs and their mixins with constructor injection, and everything else as picocli does.
 *
 * <p>Before the application is started, it creates a verb that needs beans without calling its constructor, because
 * only its options are read.
 */
final class VerbFactory implements IFactory {

    private static final String OWN_PACKAGE = VerbFactory.class.getPackageName();

    private final DefaultListableBeanFactory parts = new DefaultListableBeanFactory();

    private final @Nullable ConfigurableListableBeanFactory beans;

    /**
     * Creates a factory.
     *
     * @param beans the application's beans, or null if it is not started
     * @param parts further arguments for constructors
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

    /** Whether a verb runs in the application. A verb that the application defines always does. */
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
