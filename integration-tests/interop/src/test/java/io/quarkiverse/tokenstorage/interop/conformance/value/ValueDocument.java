package io.quarkiverse.tokenstorage.interop.conformance.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A document with values of many kinds, in members that a selector encrypts and in members that it leaves in clear: starting
 * sops takes far longer than its work.
 */
public final class ValueDocument {

    /** @param member the name of the member of the document that the value is below */
    public record Place(String member, ValueCase value) {
    }

    private final Map<String, List<Place>> members = new LinkedHashMap<>();

    private ValueDocument(List<Place> places) {
        places.forEach(place -> members.merge(place.member(), List.of(place),
                (some, more) -> java.util.stream.Stream.concat(some.stream(), more.stream()).toList()));
    }

    /** All values at all places that this selector tells apart, as far as they are wanted. */
    public static ValueDocument of(SelectorCase selector, Predicate<Place> wanted) {
        return new ValueDocument(places(selector).stream().filter(wanted).toList());
    }

    public static ValueDocument of(Place place) {
        return new ValueDocument(List.of(place));
    }

    public static List<Place> places(SelectorCase selector) {
        return selector.memberNames().stream()
                .flatMap(member -> java.util.Arrays.stream(ValueCase.values()).map(value -> new Place(member, value))).toList();
    }

    public byte[] json() {
        return members.entrySet().stream()
                .map(member -> '"' + member.getKey() + "\":{" + member.getValue().stream()
                        .map(place -> name(place) + place.value().literal()).collect(Collectors.joining(",\n ")) + "}")
                .collect(Collectors.joining(", ", "{ ", " }\n")).getBytes(StandardCharsets.UTF_8);
    }

    private static String name(Place place) {
        return '"' + place.value().name() + "\":";
    }

    /** Which values of a printed document are what was written; the others are the ones that a program may make of them. */
    public Map<Place, Boolean> exact(byte[] printed) {
        String text = withoutWhiteSpace(new String(printed, StandardCharsets.UTF_8));
        Map<Place, Boolean> exact = new LinkedHashMap<>();
        int at = 0;
        for (Map.Entry<String, List<Place>> member : members.entrySet()) {
            at = pass((at == 0 ? "{" : "},") + '"' + member.getKey() + "\":{", text, at);
            for (Place place : member.getValue()) {
                at = pass((place == member.getValue().get(0) ? "" : ",") + name(place), text, at);
                boolean same = text.startsWith(place.value().exact(), at);
                at = same ? at + place.value().exact().length() : pass(changed(place.value()), text, at);
                exact.put(place, same);
            }
        }
        assertThat(text.substring(at)).isEqualTo("}}");
        return exact;
    }

    private static String changed(ValueCase value) {
        return value.changed() == null ? value.exact() : value.changed();
    }

    private static int pass(String expected, String text, int at) {
        int end = at + expected.length();
        assertThat(text.substring(at, Math.min(text.length(), end))).as("at %d of %s", at, text).isEqualTo(expected);
        return end;
    }

    private static String withoutWhiteSpace(String json) {
        StringBuilder text = new StringBuilder();
        boolean inString = false;
        for (int i = 0; i < json.length(); i++) {
            char character = json.charAt(i);
            if (inString && character == '\\') {
                text.append(character).append(json.charAt(++i));
            } else if (inString || " \t\n".indexOf(character) < 0) {
                text.append(character);
                inString ^= character == '"';
            }
        }
        return text.toString();
    }
}
