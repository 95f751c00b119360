const GATHER_MS = 150;

/** Presence belongs to a socket: subscribe and announce after each connect, ask for whoever is new. */
export class Presence {
  #connection;
  #store;
  #asked = new Set();
  #timer;

  constructor({ connection, store }) {
    this.#connection = connection;
    this.#store = store;
    connection.on('state', ({ name }) => (name === 'online' ? this.#announce() : this.#forget()));
    store.on('changed', () => this.#gather());
  }

  async #announce() {
    const status = [{ operation: 'set', property: 'status', value: 'auto' }];
    this.#send('Presence.subscribe');
    this.#send('Presence.update', status);
    this.#gather();
  }

  #forget() {
    if (this.#asked.size === 0) return;
    this.#asked.clear();
    this.#store.forgetPresence();
  }

  /** Newly met people come in bunches; one question is enough for all of them. */
  #gather() {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#ask();
    }, GATHER_MS);
  }

  async #ask() {
    if (!this.#connection.online) return;
    const ids = [...this.#store.identities.keys()].filter((id) => id !== this.#store.me && !this.#asked.has(id));
    if (ids.length === 0) return;
    ids.forEach((id) => this.#asked.add(id));
    const { changes = [] } = await this.#send('Presence.sync', { ids });
    changes.forEach((change) => this.#store.apply(change));
  }

  /** Presence is a courtesy: a server without it must not spoil the rest. */
  #send(method, data) {
    return this.#connection.request(method, data ? { data } : {}).catch(() => ({}));
  }
}
