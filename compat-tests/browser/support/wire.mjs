/** Everything that the page's sockets carried, as the browser's own tools see it. */
export class Wire {
  #sockets = [];

  constructor(page) {
    page.on('websocket', (socket) => this.#listen(socket));
  }

  /** Packets received, one list for each socket. */
  get received() {
    return this.#sockets.map(({ received }) => received);
  }

  /** Packets sent on any socket, each with `binary` telling how. */
  get sent() {
    return this.#sockets.flatMap(({ sent }) => sent);
  }

  /** Where the sockets were opened. */
  get addresses() {
    return this.#sockets.map(({ address }) => address);
  }

  get resumed() {
    const isVerdict = ({ body }) => body.method === 'Session.resumed';
    return this.received.flat().filter(isVerdict).map(({ body }) => body.data);
  }

  #listen(socket) {
    const record = { address: socket.url(), received: [], sent: [] };
    this.#sockets.push(record);
    socket.on('framereceived', ({ payload }) => record.received.push(parse(payload)));
    socket.on('framesent', ({ payload }) => record.sent.push(parse(payload)));
  }
}

function parse(payload) {
  return { ...JSON.parse(payload.toString()), binary: typeof payload !== 'string' };
}
