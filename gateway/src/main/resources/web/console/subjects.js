/** An app's subjects by the Server API, read again and again, and what has become of them meanwhile. */

import { Emitter } from '../emitter.js';

const PAGE = 100;
const MOST = 2_000;
const EVERY_MS = 1_000;
const TIMEOUT_MS = 15_000;
const REFUSED = [401, 403, 404];

/** The server does not let us look. */
export class Refused extends Error {}

/**
 * Events: `changed` {subjects, total, fresh}: all, how many there are, and the ids of those that differ; `lifecycle`
 * {id, label, what}; `failed`: the server did not answer, it is asked again; `refused` {message}.
 */
export class Subjects extends Emitter {
  #app;
  #token;
  #known = null;
  #timer;
  #stopped = false;

  constructor(app, token) {
    super();
    this.#app = app;
    this.#token = token;
  }

  async start() {
    if (this.#stopped) return;
    try {
      const { subjects, total } = await this.#readAll();
      if (this.#stopped) return;
      this.#compare(subjects, total);
    } catch (error) {
      if (error instanceof Refused) {
        this.stop();
        this.emit('refused', error.message);
        return;
      }
      this.emit('failed');
    }
    if (!this.#stopped) this.#timer = setTimeout(() => this.start(), EVERY_MS);
  }

  stop() {
    this.#stopped = true;
    this.#token = '';
    clearTimeout(this.#timer);
  }

  async #readAll() {
    const subjects = [];
    let total = 0;
    for (let more = true; more && subjects.length < MOST;) {
      const { page, count } = await this.#read(subjects.at(-1)?.id);
      subjects.push(...page);
      total = count;
      more = page.length === PAGE;
    }
    return { subjects, total };
  }

  async #read(after) {
    const query = new URLSearchParams({ page_size: PAGE, ...(after === undefined ? {} : { from_id: after }) });
    const response = await fetch(`/apps/${encodeURIComponent(this.#app)}/subjects?${query}`, {
      cache: 'no-store',
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: { Accept: 'application/vnd.layer+json; version=3.0', Authorization: `Bearer ${this.#token}` },
    });
    if (REFUSED.includes(response.status)) {
      const error = await response.json().catch(() => null);
      throw new Refused(error?.message ?? `The server answered ${response.status}.`);
    }
    if (!response.ok) throw new Error(`The server answered ${response.status}.`);
    const page = await response.json();
    return { page, count: Number(response.headers.get('Layer-Count') ?? page.length) };
  }

  #compare(subjects, total) {
    const before = this.#known;
    const now = new Map(subjects.map((subject) => [subject.id, subject]));
    const whole = subjects.length >= total;
    this.#known = now;
    const fresh = before ? subjects.filter(({ id, changed_at: at }) => before.get(id)?.changed_at !== at) : [];
    if (before) {
      for (const subject of fresh) this.#tell(before.get(subject.id), subject);
      for (const [id, gone] of before) {
        if (whole && !now.has(id)) this.emit('lifecycle', { id, label: gone.label, what: 'gone' });
      }
    }
    this.emit('changed', { subjects, total, fresh: new Set(fresh.map(({ id }) => id)) });
  }

  #tell(before, { id, label, blocked, owner }) {
    const tell = (what) => this.emit('lifecycle', { id, label, what });
    if (!before) return tell('created');
    if (before.blocked !== blocked) tell(blocked ? 'blocked' : 'unblocked');
    if (before.owner !== owner) tell(owner ? `owned by ${owner}` : 'owned by nobody');
  }
}
