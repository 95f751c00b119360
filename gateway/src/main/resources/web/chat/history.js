import { Emitter } from '../emitter.js';
import { pathOf } from '../protocol/ids.js';
import { oldestOf } from '../store/queries.js';

const PAGE = 40;
const CONVERSATIONS_PAGE = 100;
const RETRY_MS = 2_000;

/**
 * Reads the past by REST, page by page, and only as far as somebody looks.
 * Event: `changed` when a page begins or ends to load.
 */
export class History extends Emitter {
  #rest;
  #store;
  #pages = new Map();
  /** Where the list of conversations goes on; null when it does not. */
  #lastListed = null;

  constructor({ rest, store }) {
    super();
    this.#rest = rest;
    this.#store = store;
    store.on('reset', () => (this.#pages = new Map()));
    store.on('unknown', ({ id }) => this.#fetchConversation(id));
  }

  /** The newest conversations replace the store; resolves to the position that they are good for. */
  async loadConversations() {
    const { data, position } = await this.#rest.read(this.#conversationsPath());
    this.#store.reset(data);
    this.#keepPlace(data);
    return position;
  }

  async moreConversations() {
    const from = this.#lastListed;
    if (!from) return;
    this.#lastListed = null;
    try {
      const { data } = await this.#rest.read(`${this.#conversationsPath()}&from_id=${encodeURIComponent(from)}`);
      data.forEach((conversation) => this.#store.putConversation(conversation));
      this.#keepPlace(data);
    } catch {
      this.#lastListed = from;
    }
  }

  #keepPlace(page) {
    this.#lastListed = page.length < CONVERSATIONS_PAGE ? null : page.at(-1).id;
  }

  stateOf(conversationId) {
    return this.#pages.get(conversationId) ?? 'unopened';
  }

  /** The first page, unless it is there already. */
  async open(conversationId) {
    if (this.stateOf(conversationId) === 'unopened') await this.#loadPage(conversationId);
  }

  /** One page further back. */
  async older(conversationId) {
    const oldest = oldestOf(this.#store, conversationId);
    if (this.stateOf(conversationId) !== 'more' || !oldest) return;
    await this.#loadPage(conversationId, `&from_id=${encodeURIComponent(oldest.id)}`);
  }

  async #loadPage(conversationId, from = '') {
    const pages = this.#pages;
    const before = this.stateOf(conversationId);
    this.#become(conversationId, 'loading');
    try {
      const { data } = await this.#rest.read(`${pathOf(conversationId)}/messages?page_size=${PAGE}${from}`);
      // A page that was asked for before a reset would leave a hole behind it.
      if (pages !== this.#pages) return;
      data.forEach((message) => this.#store.putMessage(message));
      this.#become(conversationId, data.length < PAGE ? 'complete' : 'more');
    } catch ({ status }) {
      // Refused for good (it is not ours to see any more), or the network: then again a little later.
      if (status < 500) this.#become(conversationId, 'complete');
      else setTimeout(() => pages === this.#pages && this.#become(conversationId, before), RETRY_MS);
    }
  }

  #become(conversationId, state) {
    this.#pages.set(conversationId, state);
    this.emit('changed');
  }

  async #fetchConversation(id) {
    try {
      this.#store.putConversation(await this.#rest.get(pathOf(id)));
    } catch {
      // Not ours to see, or the network: the next packet about it asks again.
    }
  }

  #conversationsPath() {
    return `/conversations?sort_by=last_message&page_size=${CONVERSATIONS_PAGE}`;
  }
}
