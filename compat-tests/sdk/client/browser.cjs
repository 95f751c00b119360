'use strict';

// The browser globals that the SDKs reach for, made of the packages that the SDK itself depends on.
const { createRequire } = require('node:module');

module.exports = function becomeBrowser(sdkPackage) {
  const sdkRequire = createRequire(require.resolve(sdkPackage));
  const events = new EventTarget();

  global.window = global;
  global.addEventListener = events.addEventListener.bind(events);
  global.removeEventListener = events.removeEventListener.bind(events);
  // Both SDKs defer their events through postMessage; one that does not dispatch silences them for ever.
  global.postMessage = (data) =>
    setImmediate(() => events.dispatchEvent(Object.assign(new Event('message'), { data })));

  global.XMLHttpRequest = sdkRequire('xhr2');
  global.FileReader = sdkRequire('filereader');
  global.WebSocket = sdkRequire('websocket').w3cwebsocket;
};
