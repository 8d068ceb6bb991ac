package dev.monarch.spring.boot.autoconfigure;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

import com.mongodb.session.ClientSession;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import dev.monarch.engine.version.DriverAnswers;

/** The answers of the reactive driver. The steps of an update wait for them on a thread that may block. */
final class ReactiveAnswers extends DriverAnswers {

    ReactiveAnswers(Supplier<? extends @Nullable ClientSession> sessions) {
        super(sessions);
    }

    @Override
    protected @Nullable Object value(@Nullable Object answer) {
        return answer instanceof Publisher<?> publisher ? Mono.from(publisher).block() : answer;
    }

    @Override
    protected void read(Object find, int size, Consumer<List<RawBsonDocument>> groups) {
        Flux.from((Publisher<?>) find)
                .cast(RawBsonDocument.class)
                .buffer(size)
                .toIterable(1)
                .forEach(groups);
    }

    @Override
    protected Object run(Supplier<@Nullable Object> steps) {
        return Mono.fromCallable(steps::get).subscribeOn(Schedulers.boundedElastic());
    }
}
