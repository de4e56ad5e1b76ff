package io.quarkiverse.tokenstorage.storage;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Collects what one class logs. */
final class CapturedLog extends Handler implements AutoCloseable {

    private final Logger logger;
    private final List<String> messages = Collections.synchronizedList(new ArrayList<>());

    CapturedLog(Class<?> source) {
        logger = Logger.getLogger(source.getName());
        setFormatter(new SimpleFormatter());
        setLevel(Level.ALL);
        logger.addHandler(this);
    }

    List<String> messages() {
        return List.copyOf(messages);
    }

    @Override
    public void publish(LogRecord record) {
        messages.add(record instanceof org.jboss.logmanager.ExtLogRecord extended ? extended.getFormattedMessage()
                : getFormatter().formatMessage(record));
    }

    @Override
    public void flush() {
        // nothing is buffered
    }

    @Override
    public void close() {
        logger.removeHandler(this);
    }
}
