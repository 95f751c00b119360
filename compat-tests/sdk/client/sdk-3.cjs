'use strict';

const PREFIX = 'layer:///identities/';

// layer-websdk 3.4.18 (layer-2.0): users are Identity objects, and connecting is a separate call.
module.exports = {
  package: 'layer-websdk-3',

  start(layer, { appId, url, websocketUrl, userId }, prepare) {
    const client = new layer.Client({ appId, url, websocketUrl, telemetryEnabled: false });
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
