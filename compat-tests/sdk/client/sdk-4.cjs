'use strict';

const PREFIX = 'layer:///identities/';

// web-xdk 4.0.6 (layer-3.0): one client per page, which is configured before it connects.
module.exports = {
  package: '@layerhq/web-xdk/index-core',
  // It leaves it to the page to be a browser, so it borrows what its elder brings along.
  browserPackage: 'layer-websdk-3',

  api: (xdk) => ({ init: xdk.init, Query: xdk.Core.Query, Constants: xdk.Constants, CRDT: xdk.Core.CRDT }),

  start(layer, { appId, url, websocketUrl, userId }, prepare) {
    const client = layer.init({ appId, url, websocketUrl, telemetryEnabled: false });
    prepare(client);
    client.connect(userId);
  },

  loginAgain(client, userId) {
    client.connect(userId);
  },

  logout(client) {
    client.logout();
  },

  participant: (userId) => PREFIX + encodeURIComponent(userId),
  userId: (identity) => identity.userId,
  userIdOfKey: (key) => decodeURIComponent(key.slice(PREFIX.length)),
};
