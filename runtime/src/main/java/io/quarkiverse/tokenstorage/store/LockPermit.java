package io.quarkiverse.tokenstorage.store;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The right of one thread of this JVM to open a lock file. POSIX drops a process's lock as soon as the process closes
 * <em>any</em> descriptor of the file, so nobody else in the JVM may open it meanwhile, not even to look.
 * <p>
 * Threads first queue at a fair lock, which is cheap but known to this class loader only. Its holder then sets a system
 * property, the one registry that all class loaders of a JVM share (dev mode and continuous testing run several); a text,
 * since other values would break code that lists system properties. The text names the holder.
 */
final class LockPermit implements AutoCloseable {

    private static final String PROPERTY = "io.quarkiverse.tokenstorage.lock:";
    private static final ConcurrentHashMap<String, Queue> QUEUES = new ConcurrentHashMap<>();

    private final String key;
    private final String holder;
    private final Queue queue;

    private LockPermit(String key, String holder, Queue queue) {
        this.key = key;
        this.holder = holder;
        this.queue = queue;
    }

    /** Those who hold or wait for one permit; forgotten when there are none, as names of providers may be many. */
    private static final class Queue {
        private final ReentrantLock lock = new ReentrantLock(true);
        /** Changed only inside {@code QUEUES.compute}. */
        private int users;
    }

    /**
     * Waits for the permit.
     *
     * @return null if the time is over or the thread was interrupted while waiting; its interrupt flag is kept
     * @throws IllegalStateException if this thread has it already
     */
    static LockPermit acquire(String key, Deadline deadline) {
        Queue queue = QUEUES.compute(key, (k, known) -> {
            Queue used = known == null ? new Queue() : known;
            used.users++;
            return used;
        });
        boolean acquired = false;
        try {
            if (queue.lock.isHeldByCurrentThread()) {
                throw nested();
            }
            String holder = threadPrefix() + Thread.currentThread().getName();
            acquired = enter(queue.lock, deadline) && register(key, holder, queue.lock, deadline);
            return acquired ? new LockPermit(key, holder, queue) : null;
        } finally {
            if (!acquired) {
                forget(key);
            }
        }
    }

    /** The name of the thread that has the permit, or null if none has. */
    static String holder(String key) {
        String holder = System.getProperty(PROPERTY + key);
        return holder == null ? null : holder.substring(holder.indexOf(' ') + 1);
    }

    /** How many permits are held or waited for in this class loader. */
    static int queues() {
        return QUEUES.size();
    }

    /** Whether the calling thread has this permit. */
    boolean isHeldByCurrentThread() {
        return queue.lock.isHeldByCurrentThread();
    }

    /** Called once, by the thread that has it. */
    @Override
    public void close() {
        System.getProperties().remove(PROPERTY + key, holder);
        queue.lock.unlock();
        forget(key);
    }

    private static boolean enter(ReentrantLock lock, Deadline deadline) {
        // An interrupted thread gets a free lock, as it would finish a write, but does not wait.
        if (Thread.currentThread().isInterrupted()) {
            return lock.tryLock();
        }
        try {
            return lock.tryLock(deadline.remaining(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static boolean register(String key, String holder, ReentrantLock lock, Deadline deadline) {
        boolean registered = false;
        try {
            Object other;
            do {
                other = System.getProperties().putIfAbsent(PROPERTY + key, holder);
                if (other != null && other.toString().startsWith(threadPrefix())) {
                    throw nested();
                }
                registered = other == null;
            } while (!registered && deadline.pause());
            return registered;
        } finally {
            if (!registered) {
                lock.unlock();
            }
        }
    }

    private static String threadPrefix() {
        return Thread.currentThread().getId() + " ";
    }

    private static void forget(String key) {
        QUEUES.computeIfPresent(key, (k, queue) -> --queue.users == 0 ? null : queue);
    }

    private static IllegalStateException nested() {
        return new IllegalStateException("This thread holds the provider's lock already; locking it again would never end");
    }
}
