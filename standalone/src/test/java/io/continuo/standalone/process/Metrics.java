package io.continuo.standalone.process;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What some processes tell Prometheus at one moment. */
public record Metrics(String text) {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Pattern TYPE = Pattern.compile("# TYPE (\\S+) (\\S+)");

    /** @param ports admin ports on this machine */
    public static Metrics of(List<Integer> ports) throws Exception {
        StringBuilder all = new StringBuilder();
        for (int port : ports) {
            URI uri = URI.create("http://127.0.0.1:" + port + "/metrics");
            all.append(HTTP.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                    .body());
        }
        return new Metrics(all.toString());
    }

    /**
     * The sum over all series of that name that have these labels.
     *
     * @param labels each as {@code name="value"}
     */
    public double sum(String name, String... labels) {
        return text.lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .filter(line -> List.of(labels).stream().allMatch(line::contains))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** Continuo's own metrics, each with its type; the longest time that a histogram has seen counts as part of it. */
    public Map<String, String> types() {
        Map<String, String> types = new TreeMap<>();
        Matcher type = TYPE.matcher(text);
        while (type.find()) {
            if (type.group(1).startsWith("continuo_")) {
                types.put(type.group(1), type.group(2));
            }
        }
        types.keySet().removeIf(name -> name.endsWith("_max") && types.containsKey(name.replaceFirst("_max$", "")));
        return types;
    }
}
