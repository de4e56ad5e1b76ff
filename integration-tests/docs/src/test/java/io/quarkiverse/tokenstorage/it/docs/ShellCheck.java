package io.quarkiverse.tokenstorage.it.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A shell understands it, each program is a known one, and those of ours take the arguments. Where lines start with {@code $},
 * only they are commands and the rest is what they print.
 */
final class ShellCheck implements Consumer<Snippet> {

    private static final Set<String> PROGRAMS = Set.of("age", "age-keygen", "alias", "aws", "cat", "cd", "chmod", "cp", "curl",
            "docker",
            "echo", "exit", "export", "git", "gpg", "grep", "java", "kubectl", "ls", "mkdir", "mv", "mvn", "printf", "quarkus",
            "rm", "sops", "unset");
    private static final Pattern INNER = Pattern.compile("\\$\\(([^()]*)\\)");
    private static final Pattern COMMENT = Pattern.compile("(^|\\s)#.*$");
    private static final Pattern SEPARATOR = Pattern.compile("\\|\\||&&|[|;]");
    private static final Pattern HERE_DOCUMENT = Pattern.compile("<<\\s*'?(\\w+)'?");

    private final CommandLineCheck ours = new CommandLineCheck();

    @Override
    public void accept(Snippet snippet) {
        List<String> commands = commands(snippet.lines());
        assertThat(commands).as("%s: has commands", snippet).isNotEmpty();
        requireSyntax(snippet, String.join("\n", commands));
        for (String line : withoutHereDocuments(String.join("\n", commands).replace("\\\n", " ").lines().toList())) {
            check(snippet, COMMENT.matcher(line).replaceFirst(""));
        }
    }

    private static List<String> commands(List<String> lines) {
        List<String> prompted = lines.stream().filter(line -> line.startsWith("$ ")).map(line -> line.substring(2)).toList();
        return prompted.isEmpty() ? lines : prompted;
    }

    private static List<String> withoutHereDocuments(List<String> lines) {
        List<String> commands = new ArrayList<>();
        String until = null;
        for (String line : lines) {
            if (until != null) {
                until = line.equals(until) ? null : until;
                continue;
            }
            commands.add(line);
            Matcher here = HERE_DOCUMENT.matcher(line);
            until = here.find() ? here.group(1) : null;
        }
        return commands;
    }

    private void check(Snippet snippet, String line) {
        Matcher inner = INNER.matcher(line);
        while (inner.find()) {
            check(snippet, inner.group(1));
        }
        for (String command : SEPARATOR.split(INNER.matcher(line).replaceAll("value"))) {
            List<String> words = new ArrayList<>(words(command.strip()));
            while (!words.isEmpty() && words.get(0).matches("\\w+=.*")) {
                words.remove(0);
            }
            if (!words.isEmpty()) {
                checkProgram(snippet, words);
            }
        }
    }

    private void checkProgram(Snippet snippet, List<String> words) {
        String program = words.get(0);
        if (program.equals("acme") || program.equals("token-storage")) {
            ours.check(snippet.toString(), words.subList(1, words.size()));
        } else if (program.startsWith("./") || program.contains("/")) {
            assertThat(Project.ROOT.resolve(program)).as("%s: %s is there", snippet, program).isExecutable();
        } else {
            assertThat(PROGRAMS).as("%s: known programs", snippet).contains(program);
        }
    }

    /** Words as a shell splits them, without redirections. */
    private static List<String> words(String command) {
        List<String> words = new ArrayList<>();
        Matcher word = Pattern.compile("(?:[^\\s\"']|\"[^\"]*\"|'[^']*')+").matcher(command);
        boolean skip = false;
        while (word.find()) {
            String text = word.group();
            if (skip) {
                skip = false;
            } else if (text.matches("\\d?(>|>>|<)")) {
                skip = true;
            } else if (!text.matches("\\d?[<>].*")) {
                words.add(text.replaceAll("[\"']", ""));
            }
        }
        return words;
    }

    private static void requireSyntax(Snippet snippet, String script) {
        try {
            Process shell = new ProcessBuilder("sh", "-n").redirectErrorStream(true).start();
            shell.getOutputStream().write(script.getBytes(StandardCharsets.UTF_8));
            shell.getOutputStream().close();
            String complaint = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(shell.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(shell.exitValue()).as("%s: %s", snippet, complaint).isZero();
        } catch (IOException e) {
            throw new AssertionError("There is no shell to check snippets with", e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
