// Subscriptions of atmosphere.js 5.x. It brings no WebSocket of its own.
import EventSource from 'eventsource';
import WebSocket from 'ws';

globalThis.WebSocket = WebSocket;
globalThis.EventSource = EventSource;
const { Atmosphere } = await import(process.argv[2]);
const subscriptions = new Map();

process.on('disconnect', () => process.exit());

const commands = {
  async connect(id, { trackMessageLength, timeout, ...options }) {
    const tell = (what, body) => process.connected && process.send({ id, what, body });
    subscriptions.set(id, await new Atmosphere({ logLevel: 'silent' }).subscribe(
      {
        contentType: 'application/json',
        enableProtocol: true,
        reconnect: true,
        reconnectInterval: 300,
        maxReconnectOnClose: 40,
        trackMessageLength: Boolean(trackMessageLength),
        ...options,
      },
      {
        // It may open before the subscription is there to be pushed to.
        open: () => setTimeout(tell, 0, 'open'),
        reopen: () => setTimeout(tell, 0, 'reopen'),
        message: ({ responseBody }) => tell('message', responseBody),
        close: ({ state }) => tell('close', state),
        error: (error) => tell('error', String(error?.message ?? error)),
      },
    ));
  },
  push: (id, text) => subscriptions.get(id).push(text),
  close: (id) => subscriptions.get(id).close(),
};

process.on('message', async ({ command, id, argument }) => {
  try {
    await commands[command](id, argument);
  } catch (error) {
    process.send({ id, what: 'error', body: String(error) });
  }
});
process.send({ what: 'ready' });
