package dev.monarch.migration;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;

/** The commands of a client, except handshakes and the end of sessions. */
final class CountedCommands implements CommandListener {

    private final List<String> names = new CopyOnWriteArrayList<>();

    @Override
    public void commandStarted(CommandStartedEvent event) {
        if (!event.getCommandName().equals("endSessions")) {
            names.add(event.getCommandName());
        }
    }

    List<String> names() {
        return names;
    }
}
