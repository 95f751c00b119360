import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { until } from '../../sdk/lib/until.mjs';

/** The clients under test, by version. */
export const VERSIONS = {
  '2.3.8': { script: 'legacy.cjs', module: 'atmosphere-2' },
  '4.0.1': { script: 'legacy.cjs', module: 'atmosphere-4' },
  '5.0.45': { script: 'modern.mjs', module: 'atmosphere-5' },
};

/** A process that runs subscriptions. The older versions keep much in global variables, the tracking id among them. */
class Client {
  #child;
  #watchers = new Map();
  #next = 0;
  ready;

  constructor({ script, module }) {
    this.#child = fork(fileURLToPath(new URL(`../client/${script}`, import.meta.url)), [module]);
    this.#child.on('message', ({ id, what, body }) => this.#watchers.get(id)?.journal.push({ what, body }));
    this.ready = script.endsWith('.mjs')
      ? new Promise((ready) => { this.#child.once('message', ready); })
      : Promise.resolve();
  }

  add(watcher) {
    const id = this.#next++;
    this.#watchers.set(id, watcher);
    return (command, argument) => this.#child.connected && this.#child.send({ command, id, argument });
  }

  end() {
    if (this.#child.connected) this.#child.disconnect();
  }
}

const clients = new Set();
let modern;

/** Ends all processes of clients. */
export function endClients() {
  clients.forEach((client) => client.end());
}

async function client(version) {
  const { script } = VERSIONS[version];
  const found = script === 'modern.mjs' && modern ? modern : new Client(VERSIONS[version]);
  if (script === 'modern.mjs') modern = found;
  clients.add(found);
  await found.ready;
  return found;
}

const isEvent = (kind) => (message) => message.type === 'event' && message.event === kind;

/** One subscription of an unmodified client, and a journal of all that it has reported. */
export class Watcher {
  journal = [];
  #tell;
  #mayGlue = false;

  static async connect(version, base, options = {}) {
    const watcher = new Watcher();
    // On a bare stream without lengths a client takes for one message what it happens to read at once.
    watcher.#mayGlue = options.transport === 'streaming' && !options.trackMessageLength;
    watcher.#tell = (await client(version)).add(watcher);
    watcher.#tell('connect', { url: new URL('/event/subscription', base).href, transport: 'websocket', ...options });
    return watcher;
  }

  push(message) {
    this.#tell('push', JSON.stringify(message));
  }

  close() {
    this.#tell('close');
  }

  /** Subscribes to states of trackers, and waits for the answer and the snapshots. */
  async subscribe({ hash }, trackers) {
    const before = this.messages.length;
    this.push({ action: 'subscribe', hash, requests: [{ type: 'state', trackers: trackers.map(({ id }) => id) }] });
    await this.until('the answer', () => this.messages.slice(before).some(({ type }) => type === 'response'));
    const answer = this.messages.slice(before).find(({ type }) => type === 'response');
    await this.until('the snapshots', () => trackers.every(({ sourceId }) =>
      this.messages.slice(before).some((message) => isEvent('state')(message) && message.data.source_id === sourceId)));
    return answer;
  }

  count(what) {
    return this.journal.filter((entry) => entry.what === what).length;
  }

  /** Everything that the app was given, which must be JSON: neither hellos nor padding are for it. */
  get messages() {
    return this.journal
      .filter(({ what }) => what === 'message')
      .flatMap(({ body }) => (this.#mayGlue ? body.split(/(?<=})(?={"type")/) : [body]))
      .map(parsed);
  }

  /** What a tracker's notes said, in order. */
  notes({ sourceId }) {
    return this.messages
      .filter((message) => isEvent('state')(message) && message.data.source_id === sourceId)
      .map(({ data }) => data.additional.note.value);
  }

  lifecycle({ sourceId }) {
    return this.messages
      .filter((message) => isEvent('lifecycle')(message) && message.data.source_id === sourceId)
      .map(({ data }) => data.lifecycle_event);
  }

  untilOpen() {
    return this.until('open', () => this.count('open') > 0);
  }

  untilNote(tracker, text) {
    return this.until(`the note ${text}`, () => this.notes(tracker).at(-1) === text);
  }

  /** What was not known to have arrived may have come twice. */
  untilLifecycle(tracker, entries) {
    return this.until(`the lifecycle ${entries}`, () => new RegExp(`^(${entries},)+$`).test(`${this.lifecycle(tracker)},`));
  }

  until(what, probe) {
    const explain = () => this.journal.slice(-30).map((entry) => JSON.stringify(entry)).join('\n');
    return until(what, probe, { within: 40_000, explain });
  }
}

function parsed(body) {
  try {
    return JSON.parse(body);
  } catch {
    throw new Error(`The app was given what is no message: ${JSON.stringify(body)}`);
  }
}
