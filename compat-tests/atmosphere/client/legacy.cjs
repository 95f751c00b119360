'use strict';

// Subscriptions of atmosphere.js 2.x or 4.x in a process of its own: the package puts stand-ins on the global object.
const atmosphere = require(process.argv[2]);
const subscriptions = new Map();

process.on('disconnect', () => process.exit());

const commands = {
  connect(id, options) {
    const tell = (what, body) => process.connected && process.send({ id, what, body });
    subscriptions.set(id, atmosphere.subscribe({
      contentType: 'application/json',
      logLevel: 'error',
      reconnectInterval: 300,
      maxReconnectOnClose: 40,
      fallbackTransport: 'websocket',
      ...options,
      onOpen: ({ transport }) => tell('open', transport),
      onReopen: ({ transport }) => tell('reopen', transport),
      onMessage: ({ responseBody }) => tell('message', responseBody),
      onClose: ({ state }) => tell('close', state),
      onError: ({ reasonPhrase }) => tell('error', reasonPhrase),
      onClientTimeout: () => tell('timeout'),
    }));
  },
  push: (id, text) => subscriptions.get(id).push(text),
  close: (id) => subscriptions.get(id).close(),
};

process.on('message', ({ command, id, argument }) => commands[command](id, argument));
