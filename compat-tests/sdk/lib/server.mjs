import http from 'node:http';
import https from 'node:https';

const NAMES = ['CONTINUO_URL', 'CONTINUO_TLS_URL', 'CONTINUO_SERVER_TOKEN'];

/** Every name passes at a server that is not told its app's. */
export const APP_ID = '5d9a1f64-0c9b-4a35-9f0e-6f1f2f6a7c10';

/** The two bases of the server under test; a half configured run fails instead of skipping half of the tests. */
export function servers(environment = process.env) {
  const missing = NAMES.filter((name) => !environment[name]);
  if (missing.length) {
    throw new Error(`${missing.join(' and ')} must be set: CONTINUO_URL is the http:// base of a running Continuo, `
      + 'CONTINUO_TLS_URL the https:// base of one (SDKs 1.2.2 and 4.0.6 accept no other), CONTINUO_SERVER_TOKEN a '
      + 'token that both take for the Server API.');
  }
  const plain = new Server(environment.CONTINUO_URL, 'http:', environment.CONTINUO_SERVER_TOKEN);
  const tls = new Server(environment.CONTINUO_TLS_URL, 'https:', environment.CONTINUO_SERVER_TOKEN);
  return { plain, tls };
}

class Server {
  constructor(base, protocol, serverToken) {
    const url = new URL(base);
    if (url.protocol !== protocol) throw new Error(`${base} must begin with ${protocol}//`);
    this.protocol = protocol;
    this.serverToken = serverToken;
    this.host = url.hostname;
    this.port = Number(url.port || (protocol === 'https:' ? 443 : 80));
  }

  /** The development login stands in for the identity provider of an application. */
  async identityToken(claims) {
    const { status, body } = await this.request('POST', '/dev/identity-token', { body: claims });
    if (status !== 201) throw new Error(`POST /dev/identity-token: ${status} ${JSON.stringify(body)}`);
    return body.identity_token;
  }

  /** What stands at a link that needs no login. */
  text(link) {
    return new Promise((resolve, reject) => {
      library(link).get(link, { agent: false, rejectUnauthorized: false }, (response) => {
        const pieces = [];
        response.on('data', (piece) => pieces.push(piece));
        response.on('end', () => resolve(Buffer.concat(pieces).toString()));
      }).on('error', reject);
    });
  }

  /** What the application's back end does by the Server API. */
  async backend(method, path, body, expected) {
    const authorization = `Bearer ${this.serverToken}`;
    const answer = await this.request(method, `/apps/${APP_ID}${path}`, { authorization, body });
    if (answer.status !== expected) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  /** A REST call of our own, for what an SDK does not show. */
  request(method, path, { token, authorization, body, version = '2.0' } = {}) {
    const headers = { accept: `application/vnd.layer+json; version=${version}` };
    if (token) headers.authorization = `Layer session-token="${token}"`;
    if (authorization) headers.authorization = authorization;
    if (body) headers['content-type'] = 'application/json';
    const { host, port } = this;
    // agent: false, so that no idle connection keeps a test process alive.
    const settings = { method, path, host, port, headers, agent: false, rejectUnauthorized: false };
    return new Promise((resolve, reject) => {
      const request = library(this.protocol).request(settings, (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (piece) => { text += piece; });
        response.on('end', () => resolve({ status: response.statusCode, body: parsed(text) }));
      });
      request.on('error', reject);
      request.end(body && JSON.stringify(body));
    });
  }
}

function library(protocolOrLink) {
  return protocolOrLink.startsWith('https:') ? https : http;
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
