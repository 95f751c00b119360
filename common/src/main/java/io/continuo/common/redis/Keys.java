package io.continuo.common.redis;

import io.continuo.common.model.SubjectId;

/**
 * Every key in Redis. What must change together shares a hash tag, so that it shares a slot of Redis Cluster:
 * {@code {c<p>}} for the conversations of a partition, {@code {u:<user>}} for a client, {@code {s:<subject>}} for a subject.
 */
public final class Keys {
    private Keys() {}

    /** Hash: a conversation's own fields, or a channel's; its id is one of {@code ContainerId}. */
    public static String conversation(int partition, String id) {
        return partitionTag(partition) + "conv:" + id;
    }

    /** Hash: user → when they joined, of those who take part. */
    public static String participants(int partition, String id) {
        return conversation(partition, id) + ":participants";
    }

    /**
     * Hash: user → {@code <position> <total>} of the newest message and of the messages that they could see at that time, of
     * those who were removed or have left.
     */
    public static String former(int partition, String id) {
        return conversation(partition, id) + ":former";
    }

    /** Hash: the participants of a conversation that is being deleted. */
    public static String deleted(int partition, String id) {
        return conversation(partition, id) + ":deleted";
    }

    /** Stream: changes of metadata and participants; an entry's id is the change's stamp. */
    public static String changes(int partition, String id) {
        return conversation(partition, id) + ":changes";
    }

    /** Stream: the conversation's messages; an entry's id is {@code <position>-0}. */
    public static String messages(int partition, String id) {
        return conversation(partition, id) + ":messages";
    }

    /** Hash: position → {@code <version> <at> <parts as JSON>}, of the messages whose parts were changed. */
    public static String edits(int partition, String id) {
        return conversation(partition, id) + ":edits";
    }

    /** Hash: position → ids of the rich content that the message uses, separated by spaces. */
    public static String contents(int partition, String id) {
        return conversation(partition, id) + ":contents";
    }

    /** Hash: what is known of rich content: {@code owner}, {@code type}, {@code size}, {@code uploaded}. */
    public static String content(String id) {
        return "{x:" + id + "}:facts";
    }

    /** Sorted set: {@code <conversation>:<position>} of the messages that use rich content, and {@code ~<message>} of those to come. */
    public static String contentUses(String id) {
        return "{x:" + id + "}:uses";
    }

    /** Hash: message id → position. */
    public static String messageIds(int partition, String id) {
        return conversation(partition, id) + ":ids";
    }

    /** Hash: user → {@code DELIVERED} or {@code READ}, for one message. */
    public static String receipts(int partition, String id, long position) {
        return conversation(partition, id) + ":receipts:" + position;
    }

    /** Hash: user → position up to which they have read everything, whatever the receipts of single messages say. */
    public static String read(int partition, String id) {
        return conversation(partition, id) + ":read";
    }

    /** Hash: user → what they do not see though others do, see {@code veils.lua}. */
    public static String veils(int partition, String id) {
        return conversation(partition, id) + ":veils";
    }

    /** Sorted set: {@code <length>:<user>:<number of the message>}, messages out of single users' sight. */
    public static String hidden(int partition, String id) {
        return conversation(partition, id) + ":hidden";
    }

    /** Hash: what an announcement says, by whom and when. */
    public static String announcement(int partition, String id) {
        return partitionTag(partition) + "announcement:" + id;
    }

    /** List: an announcement's recipients, until all have been told. */
    public static String announcementRecipients(int partition, String id) {
        return announcement(partition, id) + ":to";
    }

    /** Stream: accepted changes whose fan-out is not finished, in order. */
    public static String outbox(int partition) {
        return partitionTag(partition) + "outbox";
    }

    /** String: the newest stamp given in this partition; stamps only grow. */
    public static String stamp(int partition) {
        return partitionTag(partition) + "stamp";
    }

    /** Hash: user → number of the newest of the user's changes that has been put into the outbox. */
    public static String userNumbers(int partition) {
        return partitionTag(partition) + "users";
    }

    /** String with TTL: which messaging instance works this partition. */
    public static String owner(int partition) {
        return partitionTag(partition) + "owner";
    }

    /** Sorted set, all scores 0: the clients that have a history, of those whose id falls into this partition. */
    public static String clients(int partition) {
        return partitionTag(partition) + "clients";
    }

    /** Hash: webhook → newest stamp taken for it, {@code <webhook>:<entry>} → since when (ms) that delivery fails. */
    public static String webhookStamps(int partition) {
        return partitionTag(partition) + "hooks";
    }

    /** Stream: what is still to be delivered to a webhook from one partition. */
    public static String webhookPending(int partition, String webhook) {
        return partitionTag(partition) + "hook:" + webhook;
    }

    /** Sorted set: scheduled messages by the time (ms) at which something is to be done for them. */
    public static String schedule(int partition) {
        return partitionTag(partition) + "schedule";
    }

    /** Hash: scheduled message → {@code <ms when it is to be sent> <ms of typing before> <request as JSON>}. */
    public static String scheduled(int partition) {
        return partitionTag(partition) + "scheduled";
    }

    /** Hash: webhook → what was registered, {@code <webhook>:status} → its status and why. */
    public static String webhooks() {
        return "webhooks";
    }

    /** Sorted set: living messaging instances by the time at which they count as dead. */
    public static String messagingInstances() {
        return "messaging:instances";
    }

    /** String: message id → its conversation. */
    public static String messageIndex(String messageId) {
        return "{m:" + messageId + "}";
    }

    /** String: a set of participants → their distinct conversation, or a name → its channel. */
    public static String distinct(String digest) {
        return "{d:" + digest + "}";
    }

    /** Stream: a client's events; an entry's id is its position. */
    public static String history(String user) {
        return userTag(user) + "history";
    }

    /**
     * Hash: what must be remembered of a client for ever: {@code tail} of the history, {@code loops} that hold a
     * connection ({@link Loops}), {@code u:<conversation>} unread counts, {@code p<partition>} the newest stamp taken from
     * there, {@code had}, {@code lost}, {@code passed} and {@code expired}: its ledger (docs/operations.md), {@code changes}: the number of the newest of {@link #userChanges}, {@code gone} when the profile was deleted,
     * {@code b:<user>} for each user who is blocked, {@code suspended} when the user is, {@code badge}: what the app counts.
     */
    public static String client(String user) {
        return userTag(user) + "client";
    }

    /** Sorted set: the client's conversations by creation time. */
    public static String conversations(String user) {
        return userTag(user) + "conversations";
    }

    /** Sorted set: the channels whose member the client is, by the time of joining. */
    public static String channels(String user) {
        return userTag(user) + "channels";
    }

    /** Hash: the user's profile. */
    public static String identity(String user) {
        return userTag(user) + "identity";
    }

    /** Stream: changes of the user's profile, and of whom the user follows; an entry's id is {@code <number>-0}. */
    public static String userChanges(String user) {
        return userTag(user) + "changes";
    }

    /** Sorted set: the users whom this user follows, by the time since when (ms). */
    public static String following(String user) {
        return userTag(user) + "following";
    }

    /** Set: the users who follow this user. */
    public static String followers(String user) {
        return userTag(user) + "followers";
    }

    /** Sorted set: the announcements that the user has, by when they were made (ms). */
    public static String announcements(String user) {
        return userTag(user) + "announcements";
    }

    /** Hash: announcement → {@code DELIVERED} or {@code READ}. */
    public static String announcementReceipts(String user) {
        return userTag(user) + "announcements:receipts";
    }

    /** Sorted set: the users whom this user has blocked, by the time since when (ms). */
    public static String blocks(String user) {
        return userTag(user) + "blocks";
    }

    /** Sorted set: the user's devices that have a push token, by when it was given last (µs). */
    public static String devices(String user) {
        return userTag(user) + "devices";
    }

    /** Hash: device → its push token as JSON. */
    public static String pushTokens(String user) {
        return userTag(user) + "push";
    }

    /** String: whose device this is. */
    public static String deviceOwner(String app, String device) {
        return "{device:" + app + ":" + device + "}";
    }

    /**
     * Hash: {@code c:<connection>} → {@code <status> <loop>} or, once it has gone, {@code <status> <loop> <when>};
     * {@code w:<connection>} → loop, of those that watch whom the user follows; {@code chosen} and {@code shown} status;
     * in milliseconds since the epoch {@code seen}, {@code changed} as the user sees it and {@code public} as others do,
     * {@code told}: the newest change of which all have been told, {@code lease}: until when the user stands among the
     * {@link #watchers} of those followed, {@code unwatched}: since when no connection watches.
     */
    public static String presence(String user) {
        return userTag(user) + "presence";
    }

    /** Sorted set: those who follow this user and are perhaps watching, by the time until which they count (ms). */
    public static String watchers(String user) {
        return userTag(user) + "watchers";
    }

    /** Sorted set: users whose presence is to be looked after, by when (ms). */
    public static String presenceAgenda() {
        return "presence:agenda";
    }

    /** Sorted set: the nodes that hold connections with a presence, by the time since when (ms). */
    public static String presenceNodes() {
        return "presence:nodes";
    }

    /** Hash with TTL: gateway loop → {@code <since> <times>}, of loops that have not confirmed changes (ms). */
    public static String presenceMissed() {
        return "presence:missed";
    }

    /** Hash: connection → user, of a node's connections with a presence. */
    public static String nodeConnections(String nodeId) {
        return nodeTag(nodeId) + "connections";
    }

    /** String with TTL: which presence instance clears up after a dead node. */
    public static String nodeClaim(String nodeId) {
        return nodeTag(nodeId) + "claim";
    }

    /** Hash with TTL: conversation → what the user does at its keyboard, {@code <state> <version>}. */
    public static String typing(String user) {
        return userTag(user) + "typing";
    }

    /**
     * Hash: a subject, {@code v} its version, {@code fv}, {@code sv}, {@code iv} those of its facts, its state and its iot,
     * {@code source}, {@code label}, {@code owner}, {@code shared} with (one a line), {@code standing}, {@code state},
     * {@code iot}, and {@code loops} that watch it ({@link Loops}).
     */
    public static String subject(SubjectId subject) {
        return subjectTag(subject) + "subject";
    }

    /** Hash: {@code <list>:<key>} of each part of a subject's readings → {@code <version> <JSON>}, with {@code -} for the blank when it is gone. */
    public static String subjectReadings(SubjectId subject) {
        return subjectTag(subject) + "readings";
    }

    /** List: {@code <version> <event>}, the newest of a subject's lifecycle, oldest first. */
    public static String subjectLifecycle(SubjectId subject) {
        return subjectTag(subject) + "lifecycle";
    }

    /** Sorted set: the subjects that the user may see, by the version since which; all of the app for its backend. */
    public static String subjects(String user) {
        return userTag(user) + "subjects";
    }

    /** Sorted set: the subjects that have left the user's sight, by the version since which. */
    public static String subjectsLeft(String user) {
        return userTag(user) + "subjects:left";
    }

    /** Hash: gateway loop that wants to know when the user may see other subjects → its token. */
    public static String subjectsLoops(String user) {
        return userTag(user) + "subjects:loops";
    }

    /**
     * Hash with TTL: where an Atmosphere client stands, {@code number} of the newest claim, {@code home}: the loop that made
     * it, {@code state} and {@code cursor} as that loop has kept them.
     */
    public static String visit(String id) {
        return "{v:" + id + "}:visit";
    }

    /** Hash: a login, {@code user}, {@code password} as {@code Passwords} has it, whether it is {@code active}. */
    public static String login(String app, String login) {
        return "{l:" + app + "/" + login + "}:login";
    }

    /** Counter with TTL: attempts to log in since the last one that succeeded. */
    public static String loginAttempts(String app, String login) {
        return "{l:" + app + "/" + login + "}:attempts";
    }

    /** String: the user's login. */
    public static String loginOf(String user) {
        return userTag(user) + "login";
    }

    /** Hash, with TTL unless it is an API key: {@code user}, {@code kind}, when it {@code began} (ms). */
    public static String hash(String digest) {
        return "{h:" + digest + "}:hash";
    }

    /** Sorted set with TTL: digests of the hashes that the user's logins were given, by when (ms). */
    public static String loginHashes(String user) {
        return userTag(user) + "login:hashes";
    }

    /** Hash: id of each of the user's API keys → {@code <digest> <ms when it was made> <label>}. */
    public static String apiKeys(String user) {
        return userTag(user) + "api-keys";
    }

    /** String with TTL: a session that was ended before its time. */
    public static String revoked(String user, String sessionId) {
        return userTag(user) + "revoked:" + sessionId;
    }

    /** String with TTL: when all sessions of the user that had begun were ended, milliseconds since the epoch. */
    public static String sessionsEnded(String user) {
        return userTag(user) + "sessions-ended";
    }

    /** Hash: what an app's backend has changed of its settings. */
    public static String app(String tag) {
        return "{a:" + tag + "}:app";
    }

    /** String with TTL: a nonce that was spent. */
    public static String spentNonce(String nonce) {
        return "nonce:" + nonce;
    }

    /** String with TTL: a node's heartbeat. */
    public static String node(String nodeId) {
        return "node:" + nodeId;
    }

    private static String partitionTag(int partition) {
        return "{c" + partition + "}:";
    }

    private static String subjectTag(SubjectId subject) {
        return "{s:" + subject + "}:";
    }

    private static String nodeTag(String nodeId) {
        return "{n:" + nodeId + "}:";
    }

    private static String userTag(String user) {
        return "{u:" + user + "}:";
    }
}
