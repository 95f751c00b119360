import { Emitter } from '../emitter.js';
import { userIdOf } from '../protocol/ids.js';
import { applyPatch } from './patch.js';

const RANK = { sent: 1, delivered: 2, read: 3 };

/**
 * What this client knows, kept flat: objects refer to each other by id. Every way in may be repeated or
 * overlap with another (REST page, live packet, replay), so each of them is idempotent.
 *
 * Events: `changed`; `message` (one that was not known before); `unknown` {id} (an object to be fetched); `reset`.
 */
export class Store extends Emitter {
  conversations = new Map();
  messages = new Map();
  identities = new Map();
  #deleted = new Set();
  #localOrder = 0;

  constructor(me) {
    super();
    this.me = me;
  }

  /** Unsent messages outlive a reset: only this client knows them. */
  reset(conversations) {
    const unsent = [...this.messages.values()].filter(({ pending }) => pending);
    this.conversations.clear();
    this.messages = new Map(unsent.map((message) => [message.id, message]));
    conversations.forEach((conversation) => this.putConversation(conversation));
    this.emit('reset');
    this.emit('changed');
  }

  putConversation({ participants, last_message: last, ...conversation }) {
    const known = this.conversations.get(conversation.id) ?? {};
    const merged = {
      ...known,
      ...conversation,
      participants: participants.map((identity) => this.putIdentity(identity)),
      last_message: this.#idOfLast(last),
    };
    this.conversations.set(merged.id, merged);
    this.emit('changed');
    return merged;
  }

  putMessage({ conversation, sender, recipient_status: status, ...message }) {
    if (this.#deleted.has(message.id)) return null;
    const known = this.messages.get(message.id);
    const merged = {
      ...known,
      ...message,
      conversation: conversation.id,
      sender: this.putIdentity(sender),
      status: mergeStatus(known?.status, status),
      pending: null,
    };
    this.messages.set(merged.id, merged);
    if (!known) this.emit('message', merged);
    this.emit('changed');
    return merged;
  }

  /** A message that only this client knows yet; the server's copy with the same id replaces it. */
  putPending({ id, conversation, parts, preview }) {
    const order = ++this.#localOrder;
    const sent_at = new Date().toISOString();
    const message = { id, conversation, parts, preview, sent_at, order, sender: this.me, status: {}, pending: 'sending' };
    this.messages.set(id, message);
    this.emit('changed');
    return message;
  }

  markPending(id, pending) {
    const message = this.messages.get(id);
    if (message?.pending) message.pending = pending;
    this.emit('changed');
  }

  /** Keeps an identity, whole or basic, and returns its id. */
  putIdentity(identity) {
    const { id } = identity;
    const known = this.identities.get(id) ?? { id, user_id: userIdOf(id) };
    const news = Object.entries(identity).filter(([, value]) => value !== null && value !== undefined);
    this.identities.set(id, { ...known, ...Object.fromEntries(news) });
    return id;
  }

  /** Nobody's presence is known while we are not connected. */
  forgetPresence() {
    for (const identity of this.identities.values()) delete identity.presence;
    this.emit('changed');
  }

  removeMessage(id) {
    this.#deleted.add(id);
    this.messages.delete(id);
    this.emit('changed');
  }

  removeConversation(id, upTo = Infinity) {
    for (const message of this.messages.values()) {
      if (message.conversation === id && (message.position ?? Infinity) <= upTo) this.messages.delete(message.id);
    }
    if (upTo === Infinity) this.conversations.delete(id);
    this.emit('changed');
  }

  /** The body of a change packet. */
  apply({ operation, object, data }) {
    switch (`${operation} ${object.type}`) {
      case 'create Conversation':
        return this.putConversation(data);
      case 'create Message':
        return this.#created(data);
      case 'create Identity':
        return this.putIdentity(data);
      case 'update Conversation':
        return this.#patchConversation(object.id, data);
      case 'update Message':
        return this.#patchMessage(object.id, data);
      case 'update Identity':
        return this.#patchIdentity(object.id, data);
      case 'delete Conversation':
        return this.removeConversation(object.id, data?.from_position ?? Infinity);
      case 'delete Message':
        return this.removeMessage(object.id);
    }
  }

  /** The body of an operation packet: somebody has read everything up to a message. */
  applyOperation({ method, object, data }) {
    if (method !== 'Conversation.mark_all_read') return;
    for (const message of this.messages.values()) {
      if (message.conversation !== object.id || !(message.position <= data.position)) continue;
      message.status = mergeStatus(message.status, { [data.identity.id]: 'read' });
    }
    this.emit('changed');
  }

  #created(data) {
    // Announcements and channel messages have no conversation, and no place on this page.
    if (!data.conversation) return;
    this.putMessage(data);
    if (!this.conversations.has(data.conversation.id)) this.emit('unknown', { id: data.conversation.id });
  }

  #patchConversation(id, operations) {
    const conversation = this.conversations.get(id);
    if (!conversation) return this.emit('unknown', { id });
    applyPatch(conversation, operations.map(byIdentityIds), (target, value) => {
      if (value && target.includes('/identities/')) this.putIdentity(value);
      return target;
    });
    this.emit('changed');
  }

  #patchMessage(id, operations) {
    const message = this.messages.get(id);
    if (!message) return;
    const patched = { recipient_status: { ...message.status } };
    applyPatch(patched, operations);
    const { recipient_status: status, ...rest } = patched;
    Object.assign(message, rest, { status: mergeStatus(message.status, status) });
    this.emit('changed');
  }

  #patchIdentity(id, operations) {
    this.putIdentity({ id });
    applyPatch(this.identities.get(id), operations);
    this.emit('changed');
  }

  #idOfLast(last) {
    if (!last || typeof last === 'string') return last ?? null;
    return this.putMessage(last)?.id ?? null;
  }
}

/** A whole list of participants may be set by value; the store keeps their ids. */
function byIdentityIds(operation) {
  const { property, value } = operation;
  if (property !== 'participants' || !Array.isArray(value)) return operation;
  return { ...operation, value: value.map((identity) => identity.id ?? identity) };
}

/** A receipt never goes back, whichever of two sources comes late. */
function mergeStatus(known = {}, news = {}) {
  const merged = { ...known };
  for (const [id, status] of Object.entries(news)) {
    if ((RANK[status] ?? 0) > (RANK[merged[id]] ?? 0)) merged[id] = status;
  }
  return merged;
}
