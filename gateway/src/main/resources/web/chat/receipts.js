import { pathOf } from '../protocol/ids.js';
import { isUnread, messagesOf } from '../store/queries.js';

const HANDFUL = 10;

/** Tells the senders: *delivered* as soon as a message is here, *read* once somebody can have seen it. */
export class Receipts {
  #store;
  #rest;
  #connection;
  #undelivered = new Set();
  #told = new Set();

  constructor({ store, rest, connection }) {
    this.#store = store;
    this.#rest = rest;
    this.#connection = connection;
    store.on('message', (message) => this.#arrived(message));
    connection.on('state', ({ name }) => name === 'online' && this.#retry());
  }

  /** What is loaded of this conversation is before somebody's eyes. */
  async read(conversationId) {
    if (!this.#connection.online) return;
    const unread = messagesOf(this.#store, conversationId).filter(
      (message) => isUnread(this.#store, message) && !this.#told.has(message.id),
    );
    if (unread.length === 0) return;
    unread.forEach(({ id }) => this.#told.add(id));
    try {
      await this.#tellRead(conversationId, unread);
    } catch ({ status }) {
      // A refusal (the message is gone) is final, a broken network is not.
      if (!status) unread.forEach(({ id }) => this.#told.delete(id));
    }
  }

  /** A handful one by one. When there are more, there may be even more further up: all at once. */
  #tellRead(conversationId, unread) {
    if (unread.length <= HANDFUL) return Promise.all(unread.map(({ id }) => this.#receipt(id, 'read')));
    const { position } = unread.at(-1);
    return this.#rest.post(`${pathOf(conversationId)}/mark_all_read`, { position });
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
