package io.continuo.standalone.guide;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of an example: {@code omar> …} is what Omar's client sends, {@code omar< …} what it gets.
 *
 * @param number in the document, from 1
 * @param head the first words: {@code POST /nonces}, {@code 201}; empty for a packet
 * @param headers of HTTP, written {@code Name: value} after two blanks or more
 * @param json the body or the packet; empty for none
 */
record Line(int number, String who, boolean sent, String head, Map<String, String> headers, String json) {
    private static final Pattern FORM = Pattern.compile("(\\w+)([<>]) (.*)");
    private static final Pattern HEADER = Pattern.compile(" {2,}([A-Z][\\w-]+): (\\S+( \\S+)*)");
    private static final Pattern JSON = Pattern.compile("(^|\\s)[\\[{]");
    private static final String FENCE = "```";

    /** The lines of all examples, those in fences that say {@code example}; what is indented goes on. */
    static List<Line> of(List<String> document) {
        List<Line> lines = new ArrayList<>();
        boolean inside = false;
        StringBuilder open = new StringBuilder();
        int start = 0;
        for (int i = 0; i < document.size(); i++) {
            String text = document.get(i);
            boolean goesOn = inside && text.startsWith(" ");
            if (!goesOn && !open.isEmpty()) {
                lines.add(parse(start, open.toString()));
                open.setLength(0);
            }
            if (text.startsWith(FENCE)) {
                inside = text.equals(FENCE + "example");
            } else if (goesOn) {
                open.append(text);
            } else if (inside && FORM.matcher(text).matches()) {
                open.append(text);
                start = i + 1;
            } else if (inside && !text.isBlank() && !text.startsWith("#")) {
                throw new IllegalArgumentException("Line " + (i + 1) + " is no line of an example: " + text);
            }
        }
        return lines;
    }

    private static Line parse(int number, String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("Line " + number + ": " + text);
        }
        String rest = form.group(3);
        Map<String, String> headers = new LinkedHashMap<>();
        Matcher header = HEADER.matcher(rest);
        while (header.find()) {
            headers.put(header.group(1), header.group(2));
        }
        rest = header.replaceAll("").strip();
        Matcher json = JSON.matcher(rest);
        int at = json.find() ? json.start() : rest.length();
        return new Line(
                number,
                form.group(1),
                form.group(2).equals(">"),
                rest.substring(0, at).strip(),
                headers,
                rest.substring(at).strip());
    }
}
