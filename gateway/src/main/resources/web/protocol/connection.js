import { Emitter } from '../emitter.js';
import { backoff } from './backoff.js';
import { Progress } from './progress.js';
import { ConnectionLost, Requests } from './requests.js';

const SUBPROTOCOL = 'layer-2.0';
const SESSION_ENDED = 4401;
/** The server closes its sockets one by one, and the next one is not far. */
const GO_ELSEWHERE = 1012;
const SOON_MS = 100;
const OPEN_WITHIN_MS = 25_000;
const ANSWER_WITHIN_MS = 15_000;
const HEARTBEAT_AFTER_MS = 30_000;
const HEARTBEAT_WITHIN_MS = 10_000;

/**
 * One lasting connection made of many sockets. It reconnects by itself, resumes from the last position,
 * and loads everything anew when the server can no longer tell what was missed.
 *
 * Events: `state` {name, until?}, `packet` (every one), `change`, `operation` and `signal` (their bodies),
 * `resumed` {verdict, packets, again}, `ended`.
 *
 * @param load  loads the state by REST and resolves to the position that it is good for
 * @param probe asks by REST whether the session still lives: a refused upgrade does not tell why
 */
export class Connection extends Emitter {
  progress = new Progress();
  state = { name: 'offline' };
  #token;
  #load;
  #probe;
  #socket = null;
  #requests = new Requests();
  #attempt = 0;
  #episode = 0;
  #recovered = 0;
  #wasOnline = false;
  #lastPacketAt = 0;
  #retryTimer;
  #openTimer;
  #heartbeatTimer;
  #decoder = new TextDecoder();
  #encoder = new TextEncoder();

  constructor({ token, load, probe }) {
    super();
    this.#token = token;
    this.#load = load;
    this.#probe = probe;
  }

  get online() {
    return this.state.name === 'online';
  }

  /** Connects now; also out of a pause between two attempts. */
  async connect() {
    this.#drop();
    const episode = this.#episode;
    this.#become('connecting');
    try {
      if (this.progress.position === null) this.progress.startFrom(await this.#load());
    } catch {
      if (episode === this.#episode) this.#retryLater();
      return;
    }
    if (episode === this.#episode) this.#openSocket();
  }

  /** Does not wait out a pause, e.g. because the network has just come back. */
  hasten() {
    if (this.state.name === 'waiting') this.connect();
    else if (this.online && Date.now() - this.#lastPacketAt > HEARTBEAT_AFTER_MS) this.#heartbeat();
  }

  /** Goes offline as abruptly as a page can, and stays so until `connect`. */
  cut() {
    this.#drop();
    this.#attempt = 0;
    this.#become('offline');
  }

  /** Resolves to the response's data. A binary request is answered in binary. */
  request(method, fields = {}, { binary = false, within = ANSWER_WITHIN_MS } = {}) {
    if (this.#socket?.readyState !== WebSocket.OPEN) return Promise.reject(new ConnectionLost());
    const socket = this.#socket;
    const sentAt = Date.now();
    const { packet, response } = this.#requests.open(method, fields, within, () => {
      // Not a single packet in all that time: the socket only looks alive.
      if (socket === this.#socket && this.#lastPacketAt < sentAt) this.#lose();
    });
    const json = JSON.stringify(packet);
    socket.send(binary ? this.#encoder.encode(json) : json);
    return response;
  }

  signal(body) {
    if (this.online) this.#socket.send(JSON.stringify({ type: 'signal', body }));
  }

  #openSocket() {
    const socket = new WebSocket(this.#address(), [SUBPROTOCOL, `session-token.${this.#token}`]);
    let opened = false;
    socket.binaryType = 'arraybuffer';
    socket.onopen = () => {
      opened = true;
      this.#opened();
    };
    socket.onmessage = ({ data }) => this.#receive(data);
    socket.onclose = ({ code }) => this.#closed(code, opened);
    this.#socket = socket;
    this.#openTimer = setTimeout(() => this.#lose(), OPEN_WITHIN_MS);
  }

  #address() {
    const url = new URL('/websocket', location.href);
    url.protocol = url.protocol.replace('http', 'ws');
    if (this.progress.position) url.searchParams.set('since', this.progress.position);
    return url;
  }

  #opened() {
    clearTimeout(this.#openTimer);
    this.#recovered = 0;
    this.#lastPacketAt = Date.now();
    this.#armHeartbeat();
    const resuming = this.progress.position !== null;
    this.progress.newConnection();
    if (resuming) this.#become('resuming');
    else this.#goOnline();
  }

  #receive(data) {
    const packet = JSON.parse(typeof data === 'string' ? data : this.#decoder.decode(data));
    const socket = this.#socket;
    this.#lastPacketAt = Date.now();
    this.#armHeartbeat();
    const missing = this.progress.accept(packet);
    this.#dispatch(packet);
    this.emit('packet', packet);
    if (missing && socket === this.#socket) this.#replay();
  }

  #dispatch({ type, body }) {
    if (type === 'response') return this.#requests.settle(body);
    if (type === 'operation' && body.method === 'Session.resumed') return this.#resumed(body.data);
    if (type !== 'signal') this.#recovered++;
    this.emit(type, body);
  }

  #resumed({ verdict, to }) {
    const notice = { verdict, packets: this.#recovered, again: this.#wasOnline };
    if (verdict === 'complete') {
      this.progress.caughtUpTo(to);
      this.#goOnline();
    } else {
      this.#startAnew();
    }
    this.emit('resumed', notice);
  }

  #goOnline() {
    this.#attempt = 0;
    this.#wasOnline = true;
    this.#become('online');
  }

  /** A counter is missing on a living connection: have the rest of the history sent again. */
  async #replay() {
    const socket = this.#socket;
    const from = this.progress.position;
    if (!from) return this.#lose();
    try {
      const { verdict = 'complete' } = await this.request('Event.replay', { data: { from_position: from } });
      if (socket !== this.#socket) return;
      if (verdict === 'complete') this.progress.healed();
      else this.#startAnew();
    } catch {
      if (socket === this.#socket) this.#lose();
    }
  }

  #startAnew() {
    this.progress.forget();
    this.#lose();
  }

  #armHeartbeat() {
    clearTimeout(this.#heartbeatTimer);
    this.#heartbeatTimer = setTimeout(() => this.#heartbeat(), HEARTBEAT_AFTER_MS);
  }

  #heartbeat() {
    // A failure shows as a lost connection; there is nothing else to do about it here.
    this.request('Counter.read', {}, { within: HEARTBEAT_WITHIN_MS }).catch(() => {});
  }

  async #closed(code, opened) {
    if (code === SESSION_ENDED) {
      this.#drop();
      this.emit('ended');
      return;
    }
    if (code === GO_ELSEWHERE) {
      this.#drop();
      this.#retryLater(Math.random() * SOON_MS);
      return;
    }
    this.#lose();
    if (!opened) await this.#probe().catch(() => {});
  }

  #lose() {
    this.#drop();
    this.#retryLater();
  }

  #retryLater(delay = backoff(this.#attempt++)) {
    this.#retryTimer = setTimeout(() => this.connect(), delay);
    this.#become('waiting', Date.now() + delay);
  }

  /** Forgets the socket at once; its own closing handshake may take as long as it likes. */
  #drop() {
    this.#episode++;
    for (const timer of [this.#retryTimer, this.#openTimer, this.#heartbeatTimer]) clearTimeout(timer);
    const socket = this.#socket;
    this.#socket = null;
    if (socket) {
      socket.onopen = socket.onmessage = socket.onclose = null;
      socket.close();
    }
    this.#requests.abandonAll();
  }

  #become(name, until) {
    this.state = { name, until };
    this.emit('state', this.state);
  }
}
