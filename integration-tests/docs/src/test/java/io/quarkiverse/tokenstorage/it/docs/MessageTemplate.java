package io.quarkiverse.tokenstorage.it.docs;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;

/** The text of a message as the source has it, with an ellipsis for each part that is only known when it is made. */
final class MessageTemplate {

    static final String PLACEHOLDER = "…";

    private static final Pattern WORD = Pattern.compile("[A-Za-z]{2}");

    private MessageTemplate() {
    }

    static String of(Tree expression) {
        return normal(formatted(text(expression)));
    }

    /** One placeholder for several in a row, one space for any white space. */
    static String normal(String text) {
        return text.replaceAll("…+", PLACEHOLDER).replaceAll("\\s+", " ").strip();
    }

    /** How many words a person could look up. */
    static long words(String template) {
        return Arrays.stream(template.split("[\\s…]+")).filter(word -> WORD.matcher(word).find()).count();
    }

    private static String text(Tree expression) {
        if (expression instanceof LiteralTree literal) {
            return String.valueOf(literal.getValue());
        }
        if (expression instanceof ParenthesizedTree parenthesized) {
            return text(parenthesized.getExpression());
        }
        if (expression instanceof BinaryTree binary && binary.getKind() == Tree.Kind.PLUS) {
            return text(binary.getLeftOperand()) + text(binary.getRightOperand());
        }
        if (expression instanceof MethodInvocationTree call && call.getMethodSelect() instanceof MemberSelectTree method) {
            return ofCall(call, method);
        }
        return PLACEHOLDER;
    }

    private static String ofCall(MethodInvocationTree call, MemberSelectTree method) {
        List<? extends ExpressionTree> arguments = call.getArguments();
        if (method.getIdentifier().contentEquals("formatted")) {
            return text(method.getExpression());
        }
        if (method.toString().equals("String.format") && !arguments.isEmpty()) {
            return text(arguments.get(0));
        }
        if (method.toString().equals("String.join")) {
            return arguments.stream().skip(1).map(MessageTemplate::text).collect(Collectors.joining());
        }
        return PLACEHOLDER;
    }

    private static String formatted(String text) {
        return text.replaceAll("%[-#+ 0,(]*\\d*(\\.\\d+)?[sdfxc]", PLACEHOLDER).replace("%n", " ").replace("%%", "%");
    }
}
