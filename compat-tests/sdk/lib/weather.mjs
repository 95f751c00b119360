import net from 'node:net';

/**
 * The network between one client and the server: a TCP proxy that can fail in the ways networks do.
 * It moves bytes and knows nothing of what they mean, so TLS passes through as well.
 */
export class Weather {
  #mood = 'fair';
  #waiting = new Set();
  #pairs = new Set();
  #muted = false;
  #bytesUntilCut = Infinity;

  static async over(server) {
    const weather = new Weather(server);
    await new Promise((listening) => weather.listener.listen(0, '127.0.0.1', listening));
    return weather;
  }

  constructor(server) {
    this.server = server;
    this.listener = net.createServer((socket) => this.#arrive(socket));
  }

  get base() {
    return `${this.server.protocol}//127.0.0.1:${this.listener.address().port}`;
  }

  /** Resets every connection; new ones are accepted but get nowhere until `clear()`. */
  cut() {
    this.#mood = 'stalled';
    this.#resetAll();
  }

  /** Resets every connection once the server has sent that many bytes more, most likely in the middle of a packet. */
  cutAfter(bytes) {
    this.#bytesUntilCut = bytes;
  }

  /** Resets every connection, and every new one, until `clear()`. */
  storm() {
    this.#mood = 'stormy';
    this.#resetAll();
  }

  /** What the client sends arrives; what the server answers is lost with the next `cut()`. */
  mute() {
    this.#muted = true;
    for (const { upstream, client } of this.#pairs) upstream.unpipe(client);
  }

  clear() {
    this.#mood = 'fair';
    this.#muted = false;
    for (const socket of this.#waiting) this.#connect(socket);
    this.#waiting.clear();
  }

  close() {
    this.listener.close();
    this.#resetAll();
  }

  #arrive(socket) {
    socket.on('error', () => {});
    if (this.#mood === 'stormy') {
      socket.resetAndDestroy();
    } else if (this.#mood === 'stalled') {
      this.#waiting.add(socket);
      socket.on('close', () => this.#waiting.delete(socket));
    } else {
      this.#connect(socket);
    }
  }

  #connect(client) {
    const upstream = net.connect(this.server.port, this.server.host);
    const pair = { client, upstream };
    this.#pairs.add(pair);
    client.setNoDelay(true);
    upstream.setNoDelay(true);
    client.pipe(upstream);
    if (!this.#muted) upstream.pipe(client);
    upstream.on('data', ({ length }) => this.#count(length));
    upstream.on('error', () => client.destroy());
    for (const socket of [client, upstream]) {
      socket.on('close', () => {
        this.#pairs.delete(pair);
        client.destroy();
        upstream.destroy();
      });
    }
  }

  #count(bytes) {
    this.#bytesUntilCut -= bytes;
    if (this.#bytesUntilCut > 0) return;
    this.#bytesUntilCut = Infinity;
    this.#resetAll();
  }

  #resetAll() {
    for (const { client, upstream } of this.#pairs) {
      client.resetAndDestroy();
      upstream.resetAndDestroy();
    }
    for (const socket of this.#waiting) socket.resetAndDestroy();
    this.#pairs.clear();
    this.#waiting.clear();
  }
}
