'use strict';

// The browser globals that the SDKs reach for, made of the packages that the SDK itself depends on.
const { createRequire } = require('node:module');

// As much of a FileReader as the SDKs use.
class BlobReader extends EventTarget {
  result = null;

  readAsText(blob) { this.#read(blob.text()); }

  readAsDataURL(blob) {
    this.#read(blob.arrayBuffer().then((bytes) =>
      `data:${blob.type};base64,${Buffer.from(bytes).toString('base64')}`));
  }

  async #read(reading) {
    this.result = await reading;
    this.dispatchEvent(new Event('loadend'));
    this.onloadend?.({ target: this });
  }
}

module.exports = function becomeBrowser(sdkPackage) {
  const sdkRequire = createRequire(require.resolve(sdkPackage));
  const events = new EventTarget();

  global.window = global;
  global.addEventListener = events.addEventListener.bind(events);
  global.removeEventListener = events.removeEventListener.bind(events);
  // Both SDKs defer their events through postMessage; one that does not dispatch silences them for ever.
  global.postMessage = (data) =>
    setImmediate(() => events.dispatchEvent(Object.assign(new Event('message'), { data })));

  global.XMLHttpRequest = class extends sdkRequire('xhr2') {
    send(data) {
      if (data instanceof Blob) data.arrayBuffer().then((bytes) => super.send(bytes));
      else super.send(data);
    }
  };
  global.FileReader = BlobReader;
  global.WebSocket = sdkRequire('websocket').w3cwebsocket;
};
