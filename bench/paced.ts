import { readFileSync } from 'node:fs';
import http from 'node:http';

const connections = 16;

/**
 * Sends the forms of a file at a steady rate, whatever the answers take, and gives the time that 99 of 100 answers
 * stayed under, in milliseconds from the instant each form was due. Throws when an answer was not a 303.
 */
export async function p99AtRate(url: string, formsFile: string, perSecond: number): Promise<number> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: connections });
  const forms = readFileSync(formsFile, 'utf8').trimEnd().split('\n');
  const began = performance.now();
  const waits = await Promise.all(
    forms.map(async (form, index) => {
      const due = began + (index * 1000) / perSecond;
      await new Promise((resolve) => setTimeout(resolve, due - performance.now()));
      const [address = '', body = ''] = form.split('\t');
      const status = await post(url, agent, address, body);
      if (status !== 303) throw new Error(`${url} answered ${status}`);
      return performance.now() - due;
    }),
  );
  agent.destroy();
  return waits.sort((one, other) => one - other)[Math.floor(waits.length * 0.99)] ?? Number.NaN;
}

function post(url: string, agent: http.Agent, address: string, body: string): Promise<number | undefined> {
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': Buffer.byteLength(body),
    'x-forwarded-for': address,
  };
  return new Promise((resolve, reject) => {
    const request = http.request(url, { method: 'POST', agent, headers }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode));
    });
    request.on('error', reject);
    request.end(body);
  });
}
