package dev.monarch.spring.boot.command;

import org.springframework.beans.factory.ListableBeanFactory;

import dev.monarch.backfill.Backfills;
import dev.monarch.engine.staging.InterruptedSwaps;
import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.environment.LockSettings;
import dev.monarch.replacement.SwapService;
import dev.monarch.spring.boot.advice.ExitCode;
import dev.monarch.spring.boot.autoconfigure.LockProperties;
import dev.monarch.spring.boot.autoconfigure.WhenLocked;

/** The beans that verbs use. */
final class Beans {

    private Beans() {}

    static EnvironmentRegistry environments(ListableBeanFactory beans) {
        return get(EnvironmentRegistry.class, beans);
    }

    /** A normal start of the application does this automatically; a command must do it itself. */
    static void endInterruptedSwap(ListableBeanFactory beans) {
        new InterruptedSwaps(environments(beans).own()).endIfAny(lock(beans));
    }

    static LockSettings lock(ListableBeanFactory beans) {
        return get(LockProperties.class, beans).toSettings(WhenLocked.WAIT);
    }

    static Backfills backfills(ListableBeanFactory beans) {
        return get(Backfills.class, beans);
    }

    static SwapService swaps(ListableBeanFactory beans) {
        return get(SwapService.class, beans);
    }

    private static <T> T get(Class<T> type, ListableBeanFactory beans) {
        T bean = beans.getBeanProvider(type).getIfAvailable();
        if (bean == null) {
            throw new CommandException(
                    ExitCode.FAILED,
                    "Monarch has no MongoDB in this application: there is no MongoDatabaseFactory bean, or monarch.enabled"
                            + " is false.");
        }
        return bean;
    }
}
