'use strict';

// layer-websdk 1.2.2 (layer-1.0): users are plain strings, and the constructor connects.
module.exports = {
  package: 'layer-websdk-1',

  start(layer, { appId, url, websocketUrl }, prepare) {
    prepare(new layer.Client({ appId, url, websocketUrl }));
  },

  loginAgain(client) {
    client.login();
  },

  logout(client) {
    client.logout();
  },

  participant: (userId) => userId,
  userId: (user) => user,
  userIdOfKey: (key) => key,
};
