import { pathOf } from '../protocol/ids.js';
import { isUnread, messagesOf } from '../store/queries.js';

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

  /**
   * What is loaded of this conversation is before somebody's eyes. Older messages are not, whatever the number
   * of unread ones: they are told when somebody has scrolled up to them.
   */
  read(conversationId) {
    if (!this.#connection.online) return;
    for (const message of messagesOf(this.#store, conversationId)) {
      if (isUnread(this.#store, message) && !this.#told.has(message.id)) this.#tellRead(message.id);
    }
  }

  async #tellRead(id) {
    this.#told.add(id);
    try {
      await this.#receipt(id, 'read');
    } catch ({ status }) {
      if (!isFinal(status)) this.#told.delete(id);
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
    } catch ({ status }) {
      if (isFinal(status)) this.#undelivered.delete(id);
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

/** A refusal (the message is gone) is; trouble in the server or the network is not. */
const isFinal = (status) => status < 500;
