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

import org.jboss.logmanager.ExtLogRecord;

/** Everything that is logged in a category and those below it while this is open, however little it matters. */
public final class LogCapture extends Handler implements AutoCloseable {

    private record Captured(LogRecord entry, String message) {

        String line() {
            StringWriter thrown = new StringWriter();
            if (entry.getThrown() != null) {
                entry.getThrown().printStackTrace(new PrintWriter(thrown, true));
            }
            String name = entry.getLoggerName();
            return entry.getLevel() + " " + name.substring(name.lastIndexOf('.') + 1) + " " + message + thrown;
        }

        boolean isAtLeast(Level level) {
            return entry.getLevel().intValue() >= level.intValue();
        }
    }

    private final Logger logger;
    private final Level before;
    private final List<Captured> captured = new CopyOnWriteArrayList<>();

    /** @param category a class or package, or empty for all */
    public LogCapture(String category) {
        setFormatter(new SimpleFormatter());
        setLevel(Level.ALL);
        logger = Logger.getLogger(category);
        before = logger.getLevel();
        logger.setLevel(Level.ALL);
        logger.addHandler(this);
    }

    public LogCapture(Class<?> source) {
        this(source.getName());
    }

    /** For each: the level, the class, the message, and what was thrown, in full. */
    public List<String> lines() {
        return captured.stream().map(Captured::line).toList();
    }

    /** The messages with their parameters that are there without any configuration: information and worse. */
    public List<String> messages() {
        return messages(Level.INFO);
    }

    /** Those of them that are warnings or worse. */
    public List<String> warnings() {
        return messages(Level.WARNING);
    }

    private List<String> messages(Level least) {
        return captured.stream().filter(one -> one.isAtLeast(least)).map(Captured::message).toList();
    }

    @Override
    public void publish(LogRecord entry) {
        captured.add(new Captured(entry, entry instanceof ExtLogRecord extended ? extended.getFormattedMessage()
                : getFormatter().formatMessage(entry)));
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
