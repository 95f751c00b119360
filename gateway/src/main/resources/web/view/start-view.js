import { startConversation } from '../chat/starter.js';
import { ConnectionLost } from '../protocol/requests.js';
import { byId } from './dom.js';
import { notice } from './notices.js';
import { go } from './route.js';

/** The line where a name becomes a conversation. */
export class StartView {
  constructor(services) {
    const input = byId('start-names');
    byId('start').onsubmit = async (event) => {
      event.preventDefault();
      try {
        go(await startConversation(services, input.value.split(',')));
        input.value = '';
      } catch (error) {
        const offline = error instanceof ConnectionLost;
        notice(offline ? 'A new conversation needs the connection.' : error.message, 'warning');
      }
    };
  }
}
