package io.continuo.common.model;

/**
 * Users as Continuo knows them inside. Several apps may share a deployment, and each has users of its own: inside, a
 * user's id is the app's tag, a separator and the id that the app has given. The default app has no tag, and its users'
 * ids stand as they are. On the wire nobody sees tags.
 */
public final class UserId {
    /** No tag and no given id may contain it. */
    public static final char SEPARATOR = '\u001f';

    private static final int LONGEST = 512;

    /** No app can have it. */
    private static final String CANARIES = "~";

    private UserId() {}

    /**
     * @param tag of the app; empty for the default one
     * @param given the id on the wire
     */
    public static String of(String tag, String given) {
        return tag.isEmpty() ? given : tag + SEPARATOR + given;
    }

    /** The id inside of somebody in the same app as {@code user}, whom the wire calls {@code given}. */
    public static String beside(String user, String given) {
        return of(app(user), given);
    }

    /** Whether {@code given} can be a user's id: 1 to 512 characters, not all blank, no control characters. */
    public static boolean isValid(String given) {
        return !given.isBlank() && given.length() <= LONGEST && given.chars().noneMatch(Character::isISOControl);
    }

    /** The app's own backend, which sees and may do everything in its app. */
    public static String backend(String tag) {
        return tag + SEPARATOR;
    }

    public static boolean isBackend(String user) {
        return !user.isEmpty() && user.charAt(user.length() - 1) == SEPARATOR;
    }

    /** Who speaks under a name and is no user, as {@code name} of a 1.0 sender has it (protocol/layer.md §14.1). */
    public static String ofName(String tag, String name) {
        return tag + SEPARATOR + SEPARATOR + name;
    }

    public static boolean isNameOnly(String user) {
        return !isBackend(user) && given(user).indexOf(SEPARATOR) == 0;
    }

    /** The name of one who has nothing else. */
    public static String name(String user) {
        return user.substring(user.lastIndexOf(SEPARATOR) + 1);
    }

    /** Who makes sure that events arrive at a gateway loop: of no app, and so beyond everybody's reach. */
    public static String canary(String loop) {
        return of(CANARIES, loop);
    }

    public static boolean isCanary(String user) {
        return app(user).equals(CANARIES);
    }

    /** The tag of the app that {@code user} belongs to; empty for the default one. */
    public static String app(String user) {
        int separator = user.indexOf(SEPARATOR);
        return separator < 0 ? "" : user.substring(0, separator);
    }

    /** The id on the wire; empty for a backend. */
    public static String given(String user) {
        return user.substring(user.indexOf(SEPARATOR) + 1);
    }
}
