'use strict';

// Plain renderings of the SDK's objects, the same for every SDK version, fit to cross a process border.
module.exports = function views(sdk) {
  // SDK 4.0.6 wraps text in JSON; to the others that is an opaque part, which they must get byte for byte.
  const partText = ({ mimeType, body }) =>
    mimeType.startsWith('application/vnd.layer.text+json') && typeof body === 'string' ? JSON.parse(body).text : body;
  // The parts of 1.2.2 and 3.4.18 are a list, those of 4.0.6 a set.
  const textOf = (it) => [...it.parts].map(partText).join('|');

  const message = (it) => ({
    id: it.id,
    conversationId: it.conversationId,
    text: textOf(it),
    sender: it.sender.userId,
    position: it.position,
    isRead: it.isRead,
    isSaved: it.isSaved(),
    status: Object.fromEntries(
      Object.entries(it.recipientStatus || {}).map(([key, state]) => [sdk.userIdOfKey(key), state])),
  });

  const conversation = (it) => ({
    id: it.id,
    participants: it.participants.map(sdk.userId).sort(),
    distinct: it.distinct,
    metadata: it.metadata || {},
    unread: it.unreadCount,
    lastText: it.lastMessage ? message(it.lastMessage).text : null,
  });

  const identity = (it) => ({
    userId: it.userId, displayName: it.displayName, email: it.emailAddress, metadata: it.metadata, isFull: it.isFullIdentity,
  });

  const channel = (it) => ({ id: it.id, name: it.name, metadata: it.metadata || {}, isMember: it.isCurrentParticipant });
  const member = (it) => it.userId;

  const error = (it) => it && { id: it.id, code: it.code, message: it.message };

  const details = {
    challenge: (evt) => ({ nonce: evt.nonce }),
    online: (evt) => ({ isOnline: evt.isOnline }),
    'messages:add': (evt) => ({ messages: evt.messages.map(message) }),
    'messages:sent': (evt) => ({ message: message(evt.target) }),
    'conversations:add': (evt) => ({ conversations: evt.conversations.map(conversation) }),
    'conversations:sent': (evt) => ({ conversation: conversation(evt.target), result: evt.result }),
    'typing-indicator-change': (evt) => ({
      conversationId: evt.conversationId,
      typing: evt.typing.map(sdk.userId),
      paused: evt.paused.map(sdk.userId),
    }),
    connected: () => ({}),
    authenticated: () => ({}),
    deauthenticated: () => ({}),
    ready: () => ({}),
    'members:add': (evt) => ({ members: evt.members.map((it) => it.id) }),
    'members:remove': (evt) => ({ members: evt.members.map((it) => it.id) }),
    'channels:change': () => ({}),
    'conversations:change': () => ({}),
    'messages:change': () => ({}),
  };

  // Null for the many events that no test asks about.
  const event = (name, evt) => {
    if (name.endsWith('-error')) return { error: error(evt.error) };
    return details[name] ? details[name](evt) : null;
  };

  return { message, conversation, identity, channel, member, event };
};
