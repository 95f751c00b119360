/** How those are whom a client follows: asked for once, and then as it is pushed. */

import { Emitter } from '../emitter.js';

const PAGE = 100;
const MOST_PAGES = 10;

/** Event: `changed`, with a list of {id, name, status, lastSeenAt} in the order of names. */
export class People extends Emitter {
  #me;
  #connection;
  #rest;
  #people = new Map();

  /** @param me the client's own identity, if it is known */
  constructor({ connection, rest, me }) {
    super();
    this.#me = me;
    this.#connection = connection;
    this.#rest = rest;
    connection.on('state', ({ name }) => name === 'online' && this.#begin());
    connection.on('change', (change) => this.#apply(change));
  }

  async #begin() {
    try {
      await this.#connection.request('Presence.subscribe');
      await this.#load();
      const { changes = [] } = await this.#connection.request('Presence.sync', { data: { ids: [...this.#people.keys()] } });
      changes.forEach((change) => this.#apply(change));
    } catch {
      // The connection is gone, and comes back.
    }
    this.#tell();
  }

  async #load() {
    let from = '';
    for (let i = 0; i < MOST_PAGES; i++) {
      const page = await this.#rest.get(`/identities?page_size=${PAGE}${from}`);
      page.forEach(({ id, display_name: name, user_id: user }) => this.#person(id, name || user));
      if (page.length < PAGE) return;
      from = `&from_id=${encodeURIComponent(page.at(-1).id)}`;
    }
  }

  /** Who shares a conversation follows the others from then on; how they were before is not pushed. */
  async #meet(participants) {
    const met = participants.filter(({ id }) => id !== this.#me && !this.#people.has(id));
    met.forEach(({ id, display_name: name, user_id: user }) => this.#person(id, name || user));
    const ids = met.map(({ id }) => id);
    const { changes = [] } = await this.#connection.request('Presence.sync', { data: { ids } }).catch(() => ({}));
    changes.forEach((change) => this.#apply(change));
    this.#tell();
  }

  #person(id, name) {
    const person = this.#people.get(id) ?? { id, name, status: '', lastSeenAt: null };
    if (name) person.name = name;
    this.#people.set(id, person);
    return person;
  }

  #apply({ object, operation, data }) {
    if (object?.type === 'Conversation' && operation === 'create') return this.#meet(data.participants);
    if (object?.type !== 'Identity') return;
    if (operation === 'delete') this.#people.delete(object.id);
    else if (operation === 'create') this.#person(object.id, data.display_name || data.user_id);
    else if (!this.#patch(object.id, data)) return;
    this.#tell();
  }

  #patch(id, operations) {
    const status = operations.find(({ property }) => property === 'presence.status');
    const seen = operations.find(({ property }) => property === 'presence.last_seen_at');
    if (!status) return false;
    const person = this.#person(id, this.#people.has(id) ? '' : decodeURIComponent(id.slice(id.lastIndexOf('/') + 1)));
    person.status = status.value;
    person.lastSeenAt = seen?.value ?? null;
    return true;
  }

  #tell() {
    this.emit('changed', [...this.#people.values()].sort((one, other) => one.name.localeCompare(other.name)));
  }
}
