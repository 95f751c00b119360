import { pathOf } from '../protocol/ids.js';
import { isUnread, messagesOf, newestOf } from '../store/queries.js';

/** Tells the senders: *delivered* as soon as a message is here, *read* once somebody can have seen it. */
export class Receipts {
  #store;
  #rest;
  #connection;
  #undelivered = new Set();
  #readUpTo = new Map();

  constructor({ store, rest, connection }) {
    this.#store = store;
    this.#rest = rest;
    this.#connection = connection;
    store.on('message', (message) => this.#arrived(message));
    connection.on('state', ({ name }) => name === 'online' && this.#retry());
  }

  /** Everything in this conversation is before somebody's eyes. */
  async read(conversationId) {
    const newest = newestOf(this.#store, conversationId);
    const already = this.#readUpTo.get(conversationId) ?? -1;
    if (!newest || newest.position <= already || !this.#connection.online) return;
    const unread = messagesOf(this.#store, conversationId).filter((message) => isUnread(this.#store, message));
    const count = this.#store.conversations.get(conversationId)?.unread_message_count ?? 0;
    if (unread.length === 0 && count === 0) return;
    this.#readUpTo.set(conversationId, newest.position);
    try {
      // The counter knows of older unread messages that were never loaded here.
      if (unread.length === 1 && count <= 1) await this.#receipt(unread[0].id, 'read');
      else await this.#rest.post(`${pathOf(conversationId)}/mark_all_read`, { position: newest.position });
    } catch {
      this.#readUpTo.set(conversationId, already);
    }
  }

  #arrived(message) {
    if (message.sender === this.#store.me || message.status[this.#store.me] !== 'sent') return;
    this.#deliver(message.id);
  }

  async #deliver(id) {
    try {
      await this.#receipt(id, 'delivery');
      this.#undelivered.delete(id);
    } catch (error) {
      // A refusal (the message is gone) is final, a broken network is not.
      if (error.status) this.#undelivered.delete(id);
      else this.#undelivered.add(id);
    }
  }

  #retry() {
    for (const id of this.#undelivered) this.#deliver(id);
  }

  #receipt(id, type) {
    return this.#rest.post(`${pathOf(id)}/receipts`, { type });
  }
}
