package io.quarkiverse.tokenstorage;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Everything that is logged in a category and those below it while this is open, however little it matters. */
public final class LogCapture extends Handler implements AutoCloseable {

    private final Logger logger;
    private final Level before;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    /** @param category a class or package, or empty for all */
    public LogCapture(String category) {
        setFormatter(new SimpleFormatter());
        setLevel(Level.ALL);
        logger = Logger.getLogger(category);
        before = logger.getLevel();
        logger.setLevel(Level.ALL);
        logger.addHandler(this);
    }

    /** For each: the level, the class, the message, and what was thrown, in full. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void publish(LogRecord entry) {
        String message = entry instanceof org.jboss.logmanager.ExtLogRecord extended ? extended.getFormattedMessage()
                : getFormatter().formatMessage(entry);
        StringWriter thrown = new StringWriter();
        if (entry.getThrown() != null) {
            entry.getThrown().printStackTrace(new PrintWriter(thrown, true));
        }
        String name = entry.getLoggerName();
        lines.add(entry.getLevel() + " " + name.substring(name.lastIndexOf('.') + 1) + " " + message + thrown);
    }

    @Override
    public void flush() {
        // nothing is buffered
    }

    @Override
    public void close() {
        logger.removeHandler(this);
        logger.setLevel(before);
    }
}
