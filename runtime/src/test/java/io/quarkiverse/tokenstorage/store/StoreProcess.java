package io.quarkiverse.tokenstorage.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.quarkiverse.tokenstorage.TokenStorageException;

/** What the tests run in JVMs of their own. Prints one line for each result; an expected failure as "Class: message". */
public final class StoreProcess {

    private StoreProcess() {
    }

    /** Arguments: operation, directory, codec, provider, then what the operation needs. */
    public static void main(String[] args) throws Exception {
        DirectoryStore store = new DirectoryStore(Path.of(args[1]), DocumentNames.valueOf(args[2]), Duration.ofSeconds(20));
        String provider = args[3];
        try {
            switch (args[0]) {
                case "read" -> System.out.println(store.read(provider).map(d -> new String(d.content(), UTF_8)).orElse("none"));
                case "exists" -> System.out.println(store.exists(provider));
                case "providers" -> System.out.println(store.providers());
                case "save" -> {
                    save(store, provider, args[4]);
                    System.out.println("saved");
                }
                case "is-writable" -> System.out.println(store.isWritable());
                case "delete" -> System.out.println(store.deleteEverything(provider).size());
                case "inspect" -> System.out.println(DirectoryInspection.of(store.directory()));
                case "try" -> {
                    new DirectoryStore(Path.of(args[1]), DocumentNames.PLAIN, Duration.ZERO).lock(provider).close();
                    System.out.println("free");
                }
                case "hold" -> hold(store, provider);
                case "increment" -> {
                    increment(store, provider, Integer.parseInt(args[4]), Integer.parseInt(args[5]));
                    System.out.println("done");
                }
                case "save-loop" -> saveLoop(store, provider, Integer.parseInt(args[4]));
                default -> throw new IllegalArgumentException(args[0]);
            }
        } catch (TokenStorageException e) {
            System.out.println(e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }

    /** Keeps the lock until standard input ends. */
    private static void hold(DirectoryStore store, String provider) throws IOException {
        try (LockedDocument locked = store.lock(provider)) {
            System.out.println("locked");
            System.in.read();
        }
    }

    static void increment(DirectoryStore store, String provider, int threads, int count) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                running.add(executor.submit(() -> {
                    for (int n = 0; n < count; n++) {
                        try (LockedDocument locked = store.lock(provider);
                                PendingReplacement replacement = locked.prepareReplacement(16)) {
                            int old = locked.read().map(d -> Integer.parseInt(new String(d.content(), UTF_8))).orElse(0);
                            replacement.commit(Integer.toString(old + 1).getBytes(UTF_8));
                        }
                    }
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } finally {
            executor.shutdown();
        }
    }

    private static void save(DirectoryStore store, String provider, String content) {
        try (LockedDocument locked = store.lock(provider);
                PendingReplacement replacement = locked.prepareReplacement(2 * content.length())) {
            replacement.commit(content.getBytes(UTF_8));
        }
    }

    /** Saves numbered documents of changing sizes until killed or unheard; prints each number when it is saved. */
    private static void saveLoop(DirectoryStore store, String provider, int first) {
        for (int n = first; !System.out.checkError(); n++) {
            save(store, provider, document(n));
            System.out.println(n);
        }
    }

    /** A document that shows whether it is complete. */
    static String document(int number) {
        return number + ":" + "x".repeat(number * 7919 % 50_000) + ":" + number;
    }
}
