import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { APP_ID } from './server.mjs';
import { until } from './until.mjs';
import { Weather } from './weather.mjs';

const MAIN = fileURLToPath(new URL('../client/main.cjs', import.meta.url));

/** A user whose SDK runs in another process, behind a network of its own, with a journal of all that it reports. */
export class SdkUser {
  journal = [];
  /** Packets by connection, in order of arrival. */
  connections = [];
  /** Seconds; null leaves the server's default. */
  sessionTtl = null;
  /** Like a person who is slow to type a password: challenges wait until `answerChallenge()`. */
  slowToAnswer = false;

  #pending = new Map();
  #nextId = 1;

  static async start({ version, userId, displayName, server }) {
    const weather = await Weather.over(server);
    return new SdkUser({ version, userId, displayName, server, weather });
  }

  constructor({ version, userId, displayName, server, weather }) {
    Object.assign(this, { version, userId, displayName, server, weather });
    const url = weather.base;
    const options = { version, userId, appId: `layer:///apps/staging/${APP_ID}`, url, websocketUrl: url.replace(/^http/, 'ws') };
    this.child = fork(MAIN, [JSON.stringify(options)], {
      // The test's certificate is self-signed; only the process of the SDK is told to trust it.
      env: { ...process.env, NODE_TLS_REJECT_UNAUTHORIZED: '0' },
      execArgv: ['--no-warnings'],
    });
    this.child.on('message', (entry) => this.#receive(entry));
    this.child.on('exit', () => this.#fail(new Error(`The process of ${this} has ended\n${this.tail()}`)));
  }

  toString() {
    return `${this.userId} (SDK ${this.version})`;
  }

  call(command, ...args) {
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      this.child.send({ id, command, args });
    });
  }

  async connect() {
    await this.call('connect');
    await this.untilConnected();
  }

  /** Ready, and the socket is open and in use. */
  async untilConnected() {
    await this.untilEvent('ready');
    await this.until('an open socket', () => this.isOpen);
  }

  get isOpen() {
    const last = this.journal.findLast((entry) => entry.kind === 'open' || entry.kind === 'close');
    return last?.kind === 'open';
  }

  events(name) {
    return this.journal.filter((entry) => entry.kind === 'event' && entry.name === name);
  }

  /** The texts that `messages:add` announced for a conversation, in the order of the announcements. */
  announced(conversationId) {
    return this.events('messages:add')
      .flatMap((event) => event.messages)
      .filter((message) => message.conversationId === conversationId)
      .map((message) => message.text);
  }

  until(what, probe, limits) {
    return until(`${what}, at ${this}`, probe, { explain: () => this.tail(), ...limits });
  }

  untilEvent(name, matches = () => true, limits) {
    return this.until(`event ${name}`, () => this.events(name).findLast(matches), limits);
  }

  /** Waits until the SDK's own list shows exactly these texts, and returns the messages. */
  untilMessages(conversationId, texts, limits) {
    const wanted = texts.join();
    let seen = [];
    return this.until(`messages ${wanted}`, async () => {
      seen = await this.call('messages', conversationId);
      return seen.map((message) => message.text).join() === wanted && seen;
    }, { explain: () => `seen: ${seen.map((message) => message.text)}\n${this.tail()}`, ...limits });
  }

  untilConversation(conversationId, matches = () => true, limits) {
    let seen;
    return this.until(`conversation ${conversationId} as expected`, async () => {
      seen = (await this.call('conversations')).find((it) => it.id === conversationId);
      return seen && matches(seen) && seen;
    }, { explain: () => `seen: ${JSON.stringify(seen)}\n${this.tail()}`, ...limits });
  }

  /** Does what the application behind the SDK does: fetches an identity token for the nonce. */
  async answerChallenge() {
    const { nonce } = this.events('challenge').at(-1);
    const claims = { user_id: this.userId, nonce, display_name: this.displayName };
    if (this.sessionTtl) claims.session_ttl_seconds = this.sessionTtl;
    await this.call('answer', await this.server.identityToken(claims));
  }

  close() {
    this.weather.close();
    return this.vanish();
  }

  /** Without a goodbye. */
  async vanish() {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGKILL');
    await gone;
  }

  /** The end of the journal, for the message of a failure. */
  tail(length = 25) {
    const lines = this.journal.slice(-length).map((entry) => `  ${JSON.stringify(entry).slice(0, 400)}`);
    return [`journal of ${this}:`, ...lines].join('\n');
  }

  #receive(entry) {
    if (entry.kind === 'answer') {
      const { resolve, reject } = this.#pending.get(entry.id);
      this.#pending.delete(entry.id);
      return entry.error ? reject(new Error(`${this}: ${entry.error}`)) : resolve(entry.result);
    }
    this.journal.push(entry);
    if (entry.kind === 'open') this.connections.push([]);
    if (entry.kind === 'packet') this.connections.at(-1).push(entry.packet);
    if (entry.name === 'challenge' && !this.slowToAnswer) {
      this.answerChallenge().catch((error) => this.#fail(error));
    }
    return undefined;
  }

  #fail(error) {
    this.journal.push({ kind: 'failure', text: error.message });
    for (const { reject } of this.#pending.values()) reject(error);
    this.#pending.clear();
  }
}
