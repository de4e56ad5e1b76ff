package io.quarkiverse.tokenstorage;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

import org.jboss.logmanager.ExtLogRecord;

/** What one class logs while this is open, as far as its level lets it through. */
public final class CapturedLog extends Handler implements AutoCloseable {

    private final Logger logger;
    private final List<String> messages = new CopyOnWriteArrayList<>();
    private final List<String> warnings = new CopyOnWriteArrayList<>();

    private CapturedLog(Logger logger) {
        this.logger = logger;
        setFormatter(new SimpleFormatter());
        setLevel(Level.ALL);
    }

    public static CapturedLog of(Class<?> source) {
        CapturedLog log = new CapturedLog(Logger.getLogger(source.getName()));
        log.logger.addHandler(log);
        return log;
    }

    /** The messages with their parameters, the oldest first. */
    public List<String> messages() {
        return List.copyOf(messages);
    }

    /** Those of them that are warnings or worse. */
    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    @Override
    public void publish(LogRecord entry) {
        String message = entry instanceof ExtLogRecord extended ? extended.getFormattedMessage()
                : getFormatter().formatMessage(entry);
        messages.add(message);
        if (entry.getLevel().intValue() >= Level.WARNING.intValue()) {
            warnings.add(message);
        }
    }

    @Override
    public void flush() {
        // Nothing is held back
    }

    @Override
    public void close() {
        logger.removeHandler(this);
    }
}
