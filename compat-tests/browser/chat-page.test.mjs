/**
 * The chat page and the console in a real Chromium against a running server, whose address is in CONTINUO_URL.
 * `CHROMIUM` names another browser binary. Screenshots go to `target/browser` of this module.
 */

import './scenarios/logic.mjs';
import './scenarios/conversation.mjs';
import './scenarios/faults.mjs';
import './scenarios/console.mjs';
