package io.quarkiverse.tokenstorage.storage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.LogManager;
import java.util.stream.Stream;

import io.quarkiverse.tokenstorage.ChildJvm;
import io.quarkiverse.tokenstorage.TokenStorageException;

/** The main class of other JVMs that work on the tokens of a {@link SopsHome}. */
final class RotationProcess {

    private RotationProcess() {
    }

    static ChildJvm start(String role, Path home, String... arguments) {
        return ChildJvm.start(RotationProcess.class, ChildJvm.classPath(),
                Stream.concat(Stream.of(role, home.toString()), Stream.of(arguments)).toArray(String[]::new));
    }

    public static void main(String[] arguments) {
        // Failures are told on standard output; nobody reads the log
        LogManager.getLogManager().reset();
        SopsHome home = SopsHome.existing(Path.of(arguments[1]));
        try {
            switch (arguments[0]) {
                case "rotate" -> rotate(home, List.of(arguments).subList(2, arguments.length));
                case "update" -> update(home, arguments[2], Integer.parseInt(arguments[3]));
                default -> throw new IllegalArgumentException(arguments[0]);
            }
        } catch (TokenStorageException e) {
            System.out.println("FAILED " + e);
        }
    }

    /** Changes keys again and again, always of all, between two sets of recipients; prints a line for each change. */
    private static void rotate(SopsHome home, List<String> providers) {
        AtomicBoolean ended = endOfInput();
        try (SopsTokenStorage one = home.openFor(SopsHome.OWN);
                SopsTokenStorage two = home.openFor(SopsHome.OWN, SopsHome.OTHER)) {
            for (int round = 0; !ended.get() && !System.out.checkError(); round++) {
                for (String provider : providers) {
                    SopsTokenStorage storage = round % 2 == 0 ? two : one;
                    KeyChange change = (round % 3 == 0 ? storage.rotate(provider) : storage.updateKeys(provider)).orElseThrow();
                    System.out.println(provider + " " + change.changed());
                }
            }
        }
    }

    private static AtomicBoolean endOfInput() {
        AtomicBoolean ended = new AtomicBoolean();
        Thread reader = new Thread(() -> {
            try {
                System.in.readAllBytes();
            } catch (IOException e) {
                // then the other side is gone, too
            }
            ended.set(true);
        });
        reader.setDaemon(true);
        reader.start();
        return ended;
    }

    private static void update(SopsHome home, String provider, int count) {
        try (SopsTokenStorage storage = home.open()) {
            for (int i = 0; i < count; i++) {
                storage.update(provider, stored -> stored.map(token -> token.toBuilder()
                        .refreshToken(Integer.toString(Integer.parseInt(token.refreshToken().orElseThrow()) + 1)).build()));
            }
        }
        System.out.println("done");
    }
}
