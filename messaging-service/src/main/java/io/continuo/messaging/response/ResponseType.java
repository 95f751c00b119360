package io.continuo.messaging.response;

/** What becomes of several values of one state of one person. */
enum ResponseType {
    /** The first stays. */
    FWW,
    /** The last stays. */
    LWW,
    /** The last stays, and may be taken back. */
    LWWN,
    /** All stay until they are taken back. */
    SET;

    static ResponseType of(String wire) {
        return switch (wire) {
            case "FWW" -> FWW;
            case "LWW" -> LWW;
            case "LWWN" -> LWWN;
            case "Set" -> SET;
            default -> throw new BadResponse("type must be FWW, LWW, LWWN or Set.");
        };
    }
}
