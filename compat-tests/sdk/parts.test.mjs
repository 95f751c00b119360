import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, test } from 'node:test';
import { meet, scene } from './lib/scene.mjs';

const PAIR = { ines: '4.0.6', omar: '4.0.6', base: 'tls' };
const SUMMARY = 'application/vnd.layer.responsesummary-v2+json';

const pathOf = (id) => id.slice('layer://'.length);

describe('parts of sent messages', () => {
  test('SDK 4.0.6', { timeout: 120_000 }, scene(PAIR, async ({ ines, omar, server, test: t }) => {
    const id = await meet({ ines, omar });
    const asInes = { token: await ines.call('sessionToken'), version: '3.0' };
    const { id: message } = await ines.call('send', id, 'pears');
    await omar.untilMessages(id, ['pears']);

    await t.test('a part that is edited reads otherwise at once', async () => {
      const body = { mime_type: 'text/plain', body: 'plums' };
      const { status } = await server.request('PUT', `${pathOf(message)}/parts/0`, { ...asInes, body });
      assert.equal(status, 200);
      for (const user of [ines, omar]) await user.untilMessages(id, ['plums']);
    });

    await t.test('a part that is added stands behind, and goes again', async () => {
      const body = { mime_type: 'text/plain', body: 'figs' };
      const { status, body: part } = await server.request('POST', `${pathOf(message)}/parts`, { ...asInes, body });
      assert.equal(status, 201);
      for (const user of [ines, omar]) await user.untilMessages(id, ['plums|figs']);
      assert.equal((await server.request('DELETE', pathOf(part.id), asInes)).status, 204);
      for (const user of [ines, omar]) await user.untilMessages(id, ['plums']);
    });

    await t.test('responses are summed up as the SDK reads them', async () => {
      const [poll] = await ines.call('parts', message);
      const respond = (value, operation) => omar.call('sendParts', id, [{
        mimeType: 'application/vnd.layer.response-v2+json;role=root',
        body: JSON.stringify({
          response_to: message,
          response_to_node_id: poll.id.split('/').at(-1),
          changes: [{ operation: 'add', type: 'LWW', name: 'selection', value, id: operation }],
        }),
      }]);
      for (const choice of ['pears', 'plums']) {
        await respond(choice, randomUUID().slice(0, 6));
        for (const user of [ines, omar]) {
          await user.until(`the choice of ${choice}`, async () => {
            const summary = (await user.call('parts', message)).find((part) => part.mimeType === SUMMARY);
            return summary && await user.call('response', summary.body, 'LWW', 'selection', omar.userId) === choice;
          });
        }
      }
    });
  }));
});
