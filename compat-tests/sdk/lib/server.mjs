import http from 'node:http';
import https from 'node:https';

const NAMES = ['CONTINUO_URL', 'CONTINUO_TLS_URL'];

/** The two bases of the server under test; a half configured run fails instead of skipping half of the tests. */
export function servers(environment = process.env) {
  const missing = NAMES.filter((name) => !environment[name]);
  if (missing.length) {
    throw new Error(`${missing.join(' and ')} must be set: CONTINUO_URL is the http:// base of a running Continuo, `
      + 'CONTINUO_TLS_URL the https:// base of one (SDK 1.2.2 accepts no other).');
  }
  const plain = new Server(environment.CONTINUO_URL, 'http:');
  const tls = new Server(environment.CONTINUO_TLS_URL, 'https:');
  return { plain, tls };
}

class Server {
  constructor(base, protocol) {
    const url = new URL(base);
    if (url.protocol !== protocol) throw new Error(`${base} must begin with ${protocol}//`);
    this.protocol = protocol;
    this.host = url.hostname;
    this.port = Number(url.port || (protocol === 'https:' ? 443 : 80));
  }

  /** The development login stands in for the identity provider of an application. */
  async identityToken(claims) {
    const { status, body } = await this.request('POST', '/dev/identity-token', { body: claims });
    if (status !== 201) throw new Error(`POST /dev/identity-token: ${status} ${JSON.stringify(body)}`);
    return body.identity_token;
  }

  /** A REST call of our own, for what an SDK does not show. */
  request(method, path, { token, body, version = '2.0' } = {}) {
    const headers = { accept: `application/vnd.layer+json; version=${version}` };
    if (token) headers.authorization = `Layer session-token="${token}"`;
    if (body) headers['content-type'] = 'application/json';
    const { host, port } = this;
    const library = this.protocol === 'https:' ? https : http;
    // agent: false, so that no idle connection keeps a test process alive.
    const settings = { method, path, host, port, headers, agent: false, rejectUnauthorized: false };
    return new Promise((resolve, reject) => {
      const request = library.request(settings, (response) => {
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

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
