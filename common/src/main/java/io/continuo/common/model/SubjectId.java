package io.continuo.common.model;

/**
 * Names a subject in the whole deployment.
 *
 * @param app the tag of the app it belongs to; empty for the default one
 * @param id as the app numbers it, from 1; a tracker's id for Navixy clients
 */
public record SubjectId(String app, long id) {

    /** The subject that {@code user} or their backend calls {@code id}. */
    public static SubjectId beside(String user, long id) {
        return new SubjectId(UserId.app(user), id);
    }

    @Override
    public String toString() {
        return app + "/" + id;
    }
}
