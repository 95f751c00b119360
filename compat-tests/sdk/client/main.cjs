'use strict';

// One SDK client in a process of its own (the SDKs keep module-wide state), driven by messages from the test.
const options = JSON.parse(process.argv[2]);
const sdk = require(`./sdk-${options.version[0]}.cjs`);

const report = (entry) => { if (process.connected) process.send(entry); };

// The SDKs print what they could not digest; to the tests that is a finding, not noise.
for (const level of ['log', 'info', 'warn', 'error', 'debug']) {
  console[level] = (...words) => report({ kind: 'log', text: words.map(String).join(' ').slice(0, 500) });
}
process.on('uncaughtException', (error) => {
  report({ kind: 'crash', text: error.stack });
  process.exitCode = 1;
  process.disconnect();
});
process.on('disconnect', () => process.exit());

require('./browser.cjs')(sdk.browserPackage ?? sdk.package);
const layer = sdk.api ? sdk.api(require(sdk.package)) : require(sdk.package);
const views = require('./views.cjs')(sdk);
const commands = require('./commands.cjs')({ layer, sdk, views, options });

function watch(client) {
  client.on('all', (name, evt) => {
    const detail = views.event(name, evt);
    if (detail) report({ kind: 'event', name, ...detail });
  });
  // 3.4.18 raises a second, "verified" connected with the first packet of the same socket.
  client.socketManager.on('connected', (evt) => { if (!evt.verified) report({ kind: 'open' }); });
  client.socketManager.on('disconnected', () => report({ kind: 'close' }));
  client.socketManager.on('message', (evt) => report({ kind: 'packet', packet: evt.data }));
}

process.on('message', async ({ id, command, args }) => {
  try {
    const result = command === 'connect' ? commands.connect(watch) : await commands[command](...args);
    report({ kind: 'answer', id, result });
  } catch (error) {
    report({ kind: 'answer', id, error: error.message });
  }
});
