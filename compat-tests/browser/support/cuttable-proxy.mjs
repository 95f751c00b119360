import net from 'node:net';
import { once } from 'node:events';

/** A wire between browser and server that can be cut as no page can: by TCP reset, for all connections at once. */
export class CuttableProxy {
  #target;
  #sockets = new Set();
  #whole = true;
  #server = net.createServer((client) => this.#join(client));

  constructor(target) {
    this.#target = target;
  }

  async open() {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return `http://localhost:${this.#server.address().port}`;
  }

  /** Resets what is open and refuses what comes, until `mend`. */
  cut() {
    this.#whole = false;
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }

  mend() {
    this.#whole = true;
  }

  close() {
    this.cut();
    this.#server.close();
  }

  #join(client) {
    this.#keep(client);
    if (!this.#whole) return client.resetAndDestroy();
    const { hostname, port } = this.#target;
    const server = this.#keep(net.connect({ host: hostname, port: Number(port || 80) }));
    client.pipe(server).pipe(client);
    client.on('close', () => server.destroy());
    server.on('close', () => client.destroy());
  }

  #keep(socket) {
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
    // A reset is an error to whoever still writes, and here it is the point.
    socket.on('error', () => {});
    return socket;
  }
}
