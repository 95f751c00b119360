package io.continuo.chaos.place;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What became of everything that was ever appended to a history, in positions, as the living messaging services say in
 * their metrics (docs/operations.md, "Is anything lost?").
 */
public record Ledger(long appended, long delivered, long waiting, long expired, long lost, long passed) {
    private static final String NUMBER = "[^}]*\\} ([0-9.E+]+)$";

    /** As it is told now: it takes some seconds until all of what happened is in it. Blocking. */
    static Ledger of(List<Member> messaging) {
        StringBuilder metrics = new StringBuilder();
        for (Member member : messaging) {
            metrics.append(read(member)).append('\n');
        }
        return new Ledger(
                sum(metrics, "continuo_ledger_appended\\{"),
                state(metrics, "delivered"),
                state(metrics, "waiting"),
                state(metrics, "expired"),
                state(metrics, "lost"),
                state(metrics, "passed"));
    }

    /** Whether each position is in exactly one state. */
    public boolean balances() {
        return appended == delivered + waiting + expired + lost + passed;
    }

    private static long state(CharSequence metrics, String state) {
        return sum(metrics, "continuo_ledger_positions\\{[^}]*state=\"" + state + "\"");
    }

    private static long sum(CharSequence metrics, String series) {
        Matcher lines =
                Pattern.compile("^" + series + NUMBER, Pattern.MULTILINE).matcher(metrics);
        long sum = 0;
        while (lines.find()) {
            sum += (long) Double.parseDouble(lines.group(1));
        }
        return sum;
    }

    private static String read(Member member) {
        try (var metrics = URI.create(member.admin() + "/metrics").toURL().openStream()) {
            return new String(metrics.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException gone) {
            return "";
        }
    }
}
