package io.quarkiverse.tokenstorage.it.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;

/**
 * The messages in the sources of the extension that tell of something wrong: texts given to the constructors of exceptions,
 * what
 * the doctor found where that is not ✓, warnings and errors in the log and on the terminal; and, since many reasons are made
 * apart from the exception that ends with them, each sentence in the packages that do the work.
 */
final class ErrorMessages extends TreeScanner<Void, String> {

    private static final int SENTENCE = 4;

    /** Packages whose texts are not all about errors: commands talk, and the doctor prints fixes of its own. */
    private static final List<String> TALKING = List.of("/cli/", "/doctor/", "/runtime/runtime/", "/tokenstorage/runtime/",
            "/deployment/");

    /** Calls with a text about something wrong, to its position. */
    private static final Map<String, Integer> TELLING = Map.of("Finding.fail", 1, "Finding.notConfigured", 1, "Finding.warn", 1,
            "LOG.warn", 0, "LOG.warnf", 0, "LOG.error", 0, "LOG.errorf", 0, "terminal.warn", 0);

    /** Calls whose texts are not messages of errors. */
    private static final Set<String> OTHER = Set.of("LOG.info", "LOG.infof", "LOG.debug", "LOG.debugf", "Finding.ok",
            "Finding.skipped", "Objects.requireNonNull", "Pattern.compile");

    private final SortedMap<String, String> places = new TreeMap<>();
    private boolean talking;

    private ErrorMessages() {
    }

    /** Templates, each to a file that has it. */
    static SortedMap<String, String> read() {
        List<Path> sources = Stream.of("runtime", "deployment")
                .flatMap(module -> Project.files(Project.ROOT.resolve(module + "/src/main/java"), ".java").stream()).toList();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        ErrorMessages messages = new ErrorMessages();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(null, files, null, null, null,
                    files.getJavaFileObjectsFromPaths(sources));
            for (CompilationUnitTree unit : task.parse()) {
                String path = unit.getSourceFile().toUri().getPath();
                messages.talking = TALKING.stream().anyMatch(path::contains);
                messages.scan(unit, path.substring(path.lastIndexOf('/') + 1));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return messages.places;
    }

    @Override
    public Void visitNewClass(NewClassTree node, String file) {
        String type = node.getIdentifier().toString();
        if (type.endsWith("Exception") || type.endsWith("Failure") || type.endsWith("Error")) {
            node.getArguments().stream().filter(ErrorMessages::isText).findFirst().ifPresent(text -> add(text, file, 1));
        }
        return super.visitNewClass(node, file);
    }

    @Override
    public Void visitMethodInvocation(MethodInvocationTree node, String file) {
        String method = node.getMethodSelect().toString();
        if (OTHER.contains(method)) {
            return null;
        }
        Integer position = TELLING.get(method);
        if (position != null && node.getArguments().size() > position) {
            add(node.getArguments().get(position), file, 1);
        } else if (method.endsWith(".formatted") || method.equals("String.format")) {
            addSentence(node, file);
            return null;
        }
        return super.visitMethodInvocation(node, file);
    }

    @Override
    public Void visitBinary(BinaryTree node, String file) {
        if (node.getKind() != Tree.Kind.PLUS) {
            return super.visitBinary(node, file);
        }
        addSentence(node, file);
        scanOperands(node, file);
        return null;
    }

    /** Literals in it are parts of one text. */
    private void scanOperands(Tree operand, String file) {
        if (operand instanceof BinaryTree binary && binary.getKind() == Tree.Kind.PLUS) {
            scanOperands(binary.getLeftOperand(), file);
            scanOperands(binary.getRightOperand(), file);
        } else if (!(operand instanceof LiteralTree)) {
            scan(operand, file);
        }
    }

    @Override
    public Void visitLiteral(LiteralTree node, String file) {
        if (node.getKind() == Tree.Kind.STRING_LITERAL) {
            addSentence(node, file);
        }
        return null;
    }

    @Override
    public Void visitAnnotation(AnnotationTree node, String file) {
        return null;
    }

    @Override
    public Void visitMethod(MethodTree node, String file) {
        return node.getName().contentEquals("toString") ? null : super.visitMethod(node, file);
    }

    private static boolean isText(ExpressionTree argument) {
        return argument.getKind() == Tree.Kind.STRING_LITERAL || argument.getKind() == Tree.Kind.PLUS
                || argument.toString().contains(".formatted(") || argument.toString().startsWith("String.");
    }

    private void addSentence(ExpressionTree text, String file) {
        if (!talking) {
            add(text, file, SENTENCE);
        }
    }

    private void add(ExpressionTree text, String file, int words) {
        String template = MessageTemplate.of(text);
        if (MessageTemplate.words(template) >= words) {
            places.putIfAbsent(template, file);
        }
    }
}
