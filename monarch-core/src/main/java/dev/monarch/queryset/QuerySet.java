package dev.monarch.queryset;

import java.util.List;

import org.springframework.util.ClassUtils;

/**
 * Says which part of a database is backed up or copied; a bean of any stereotype.
 *
 * <p>Collections it does not speak of are taken whole, unless it calls {@link QuerySetContext#only}.
 */
public interface QuerySet {

    /**
     * Says what is wanted, once for each backup or copy; nothing is read for it before {@code run} has returned.
     *
     * @param context takes the wishes, and gives the source to look at and the values of the parameters
     */
    void run(QuerySetContext context);

    /**
     * Returns what it is called on the command line.
     *
     * @return a name no other query set of the application has; the simple name of the class unless overridden
     */
    default String name() {
        return ClassUtils.getUserClass(this).getSimpleName();
    }

    /**
     * Declares the parameters; all values are there and understood before {@link #run} is called.
     *
     * @return the parameters, none unless overridden
     */
    default List<Parameter<?>> parameters() {
        return List.of();
    }
}
