'use strict';

// What the tests can ask of a client: each command is a call that an application would make.
module.exports = function commands({ layer, sdk, views, options }) {
  let client;
  let challenge;
  let typing;
  const queries = new Map();

  const conversation = (id) => {
    const found = client.getConversation(id);
    if (!found) throw new Error(`The SDK does not hold ${id}`);
    return found;
  };

  const query = (key, model, predicate) => {
    if (!queries.has(key)) {
      queries.set(key, client.createQuery({ model, predicate, paginationWindow: 100 }));
    }
    return queries.get(key);
  };

  // Opened when first asked for, so that a test can act before the SDK has loaded anything.
  const conversationList = () => query('conversations', layer.Query.Conversation);
  const memberList = (id) => query(`members of ${id}`, layer.Query.Membership, `channel.id = '${id}'`);
  const messageList = (id) => query(id, layer.Query.Message, `conversation.id = '${id}'`);

  // A list that is still loading may yet overwrite what packets have brought since.
  const loaded = async (list) => {
    while (list.isFiring) await new Promise((resume) => setTimeout(resume, 5));
    // A deleted object stays in the lists for a moment, emptied.
    return list.data.filter((it) => !it.isDestroyed);
  };

  const settled = (object, sent, failed) => new Promise((resolve, reject) => {
    object.once(sent, (evt) => resolve(evt));
    object.once(failed, (evt) => reject(new Error(`${failed}: ${JSON.stringify(evt.error)}`)));
  });

  return {
    get client() { return client; },

    connect(report) {
      sdk.start(layer, options, (started) => {
        client = started;
        client.on('challenge', (evt) => { challenge = evt; });
        report(client);
      });
    },

    loginAgain() { sdk.loginAgain(client, options.userId); },
    answer(identityToken) { challenge.callback(identityToken); },
    logout() {
      // A logout destroys the lists along with all that they held.
      queries.clear();
      sdk.logout(client);
    },
    sessionToken: () => client.sessionToken,

    async createConversation({ participants, distinct = true, metadata }) {
      const created = client.createConversation({
        participants: participants.map(sdk.participant), distinct, metadata,
      });
      const sent = settled(created, 'conversations:sent', 'conversations:sent-error');
      created.send();
      const evt = await sent;
      return { id: created.id, result: evt.result };
    },

    conversations: async () => (await loaded(conversationList())).map(views.conversation),

    // Oldest first, as people read.
    messages: async (id) => (await loaded(messageList(id))).map(views.message).reverse(),

    // Resolves when the server has accepted it.
    async send(id, text) {
      const message = conversation(id).createMessage(text);
      const sent = settled(message, 'messages:sent', 'messages:sent-error');
      message.send();
      await sent;
      return views.message(message);
    },

    async sendParts(id, parts) {
      const message = conversation(id).createMessage({ parts });
      const sent = settled(message, 'messages:sent', 'messages:sent-error');
      message.send();
      await sent;
    },

    parts: (id) => [...client.getMessage(id).parts].map(({ id: part, mimeType, body }) => ({ id: part, mimeType, body })),

    // What 4.0.6 reads from a summary of responses.
    response(body, type, name, userId) {
      const states = new layer.CRDT.CRDTMultiIdentityStateTracker({ name, type });
      states.synchronize(JSON.parse(body));
      return states.getValue(sdk.participant(userId));
    },

    // Resolves when the SDK has taken it, whether there is a server or not.
    post(id, text) {
      return views.message(conversation(id).createMessage(text).send());
    },

    markRead(id) {
      for (const message of messageList(id).data) message.isRead = true;
    },

    typing(id, state) {
      if (!typing) {
        typing = client.createTypingPublisher();
        typing.setConversation(conversation(id));
      }
      typing.setState(state);
    },

    addParticipant(id, userId) { conversation(id).addParticipants([sdk.participant(userId)]); },
    removeParticipant(id, userId) { conversation(id).removeParticipants([sdk.participant(userId)]); },

    setMetadata(id, properties) { conversation(id).setMetadataProperties(properties); },
    deleteMetadata(id, names) { conversation(id).deleteMetadataProperties(names); },

    deleteMessage(id) { client.getMessage(id).delete(layer.Constants.DELETION_MODE.ALL); },
    deleteConversation(id) { conversation(id).delete(layer.Constants.DELETION_MODE.ALL); },

    // For oneself only: unknown to SDK 1.2.2.
    hideMessage(id) { client.getMessage(id).delete(layer.Constants.DELETION_MODE.MY_DEVICES); },
    hideConversation(id) { conversation(id).delete(layer.Constants.DELETION_MODE.MY_DEVICES); },
    leaveConversation(id) { conversation(id).leave(); },
    markAllRead(id) { conversation(id).markAllMessagesAsRead(); },

    // A part of any size and type; what is longer than 2 KB goes by rich content.
    async sendPart(id, mimeType, body) {
      const message = conversation(id).createMessage({ parts: [{ mimeType, body }] });
      const sent = settled(message, 'messages:sent', 'messages:sent-error');
      message.send();
      await sent;
      return views.message(message);
    },

    async content(id) {
      const [part] = client.getMessage(id).parts;
      const body = await new Promise((resolve) => part.fetchContent(resolve));
      return { hasContent: part.hasContent, size: part.size, text: typeof body === 'string' ? body : await body.text() };
    },

    // A link that can be given to an <img>, made anew when the old one has expired.
    async contentLink(id) {
      const [part] = client.getMessage(id).parts;
      part._content.expiration = new Date(0);
      return new Promise((resolve) => part.fetchStream(resolve));
    },

    // From the server, being unknown here.
    async loadConversation(id) {
      const unknown = client.getConversation(id, true);
      await settled(unknown, 'conversations:loaded', 'conversations:loaded-error');
      return views.conversation(unknown);
    },

    async loadMessage(id) {
      const unknown = client.getMessage(id, true);
      await settled(unknown, 'messages:loaded', 'messages:loaded-error');
      return views.message(unknown);
    },

    conversationsByLastMessage: async () => {
      if (!queries.has('by last message')) {
        queries.set('by last message', client.createQuery({
          model: layer.Query.Conversation, sortBy: [{ 'lastMessage.sentAt': 'desc' }], paginationWindow: 100,
        }));
      }
      return (await loaded(queries.get('by last message'))).map(views.conversation);
    },

    identities: async () => (await loaded(query('identities', layer.Query.Identity))).map(views.identity),
    announcements: async () => (await loaded(query('announcements', layer.Query.Announcement))).map(views.message),
    follow(userId) { client.followIdentity(sdk.participant(userId)); },
    unfollow(userId) { client.unfollowIdentity(sdk.participant(userId)); },
    readAnnouncement(id) { client.getMessage(id).sendReceipt('read'); },
    nameOf: (userId) => client.getIdentity(sdk.participant(userId))?.displayName,
    deleteAnnouncement(id) { client.getMessage(id).delete(layer.Constants.DELETION_MODE.MY_DEVICES); },

    registerPush: (options) => new Promise((resolve) => client.registerIOSPushToken(options, resolve)),
    unregisterPush: (deviceId) => new Promise((resolve) => client.unregisterPushToken(deviceId, resolve)),

    isOnline: () => new Promise((resolve) => client.onlineManager.checkOnlineStatus(resolve)),

    showMore(id, size) { messageList(id).update({ paginationWindow: size }); },

    // Channels are unknown to SDK 1.2.2.
    async createChannel({ name, members = [], metadata }) {
      const created = client.createChannel({ name, members: members.map(sdk.participant), metadata });
      const sent = settled(created, 'channels:sent', 'channels:sent-error');
      created.send();
      const evt = await sent;
      return { id: created.id, result: evt.result };
    },
    channels: async () => (await loaded(query('channels', layer.Query.Channel))).map(views.channel),
    members: async (id) => (await loaded(memberList(id))).map(views.member),
    channelMessages: async (id) => (await loaded(query(id, layer.Query.Message, `channel.id = '${id}'`)))
      .map(views.message).reverse(),
    async say(id, text) {
      const message = client.getChannel(id).createMessage(text);
      const sent = settled(message, 'messages:sent', 'messages:sent-error');
      message.send();
      await sent;
      return views.message(message);
    },
    join(id) { client.getChannel(id).join(); },
    leave(id) { client.getChannel(id).leave(); },
    addMember(id, userId) { client.getChannel(id).addMembers([sdk.participant(userId)]); },
    setChannelMetadata(id, properties) { client.getChannel(id).setMetadataProperties(properties); },
    deleteChannelMessage(id) { client.getMessage(id).delete(); },
    deleteChannel(id) { client.getChannel(id).delete(); },
    typingInChannel(id, state) {
      const publisher = client.createTypingPublisher();
      publisher.setConversation(client.getChannel(id));
      publisher.setState(state);
    },

    // What the SDK does by itself after 30 s of silence.
    heartbeat: () => new Promise((resolve) => {
      client.socketManager.getCounter((success, last, own) => resolve({ success, last, own }));
    }),

    // Presence is unknown to SDK 1.2.2.
    setStatus(status) { client.user.setStatus(status); },
    statusOf: (userId) => client.getIdentity(sdk.participant(userId))?.status,
  };
};
