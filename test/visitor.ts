import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import { type HTMLElement, parse } from 'node-html-parser';

/** What answers requests: the application, or something before it. */
export interface App {
  inject(request: InjectOptions | string): Promise<LightMyRequestResponse>;
}

/** A person with a browser without scripts: follows links, fills forms, keeps the cookies of the desk. */
export interface Visitor {
  /** What the browser sends along. */
  readonly cookie: () => string;
  readonly page: () => Page;
  get(address: string): Promise<Page>;
  /** Sends the form whose action ends with `action` on the current page, with these values typed over what it holds. */
  send(action: string, typed?: Typed, button?: string): Promise<Page>;
  /** The same, with a file chosen, as a browser sends such a form. */
  sendFile(action: string, file: ChosenFile, typed?: Typed): Promise<Page>;
  /** The same with any number of files, none included, and the button that is pressed. */
  sendFiles(action: string, files: readonly ChosenFile[], typed?: Typed, button?: string): Promise<Page>;
}

export interface ChosenFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** The name of the control that it is chosen in; `file` when absent. */
  readonly control?: string;
}

export type Typed = Readonly<Record<string, string | readonly string[]>>;

export interface Page {
  readonly status: number;
  readonly address: string;
  readonly html: string;
  /** The same as it travelled, for what is no page. */
  readonly bytes: Buffer;
  readonly headers: LightMyRequestResponse['headers'];
  /** The visible text, white space folded. */
  readonly text: string;
  readonly document: HTMLElement;
  /** Values that a form holds, by name; the last one wins. */
  field(name: string): string | undefined;
}

/** Opens a browser on the application. */
export function visit(app: App): Visitor {
  const cookies = new Map<string, string>();
  let current: Page | undefined;
  const cookie = () => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');

  async function request(
    method: 'GET' | 'POST',
    address: string,
    payload?: string | Buffer,
    type = 'application/x-www-form-urlencoded',
  ): Promise<Page> {
    const response = await app.inject({
      method,
      url: address,
      headers: {
        cookie: cookie(),
        ...(payload === undefined ? {} : { 'content-type': type, 'sec-fetch-site': 'same-origin' }),
      },
      ...(payload === undefined ? {} : { payload }),
    });
    for (const { name, value } of response.cookies) cookies.set(name, value);
    const { location } = response.headers;
    if (response.statusCode >= 300 && response.statusCode < 400 && location)
      return request('GET', String(location).split('#')[0] ?? '/');
    current = toPage(response, address);
    return current;
  }

  async function sendFiles(
    action: string,
    files: readonly ChosenFile[],
    typed: Typed = {},
    button?: string,
  ): Promise<Page> {
    const { to, values } = fill(current ?? raise('no page was opened yet'), action, typed, button);
    return request('POST', to, multipart(values, files), `multipart/form-data; boundary=${boundary}`);
  }

  return {
    cookie,
    page: () => current ?? raise('no page was opened yet'),
    get: (address) => request('GET', address),
    async send(action, typed = {}, button) {
      const { to, values } = fill(current ?? raise('no page was opened yet'), action, typed, button);
      return request('POST', to, values.toString());
    },
    sendFile: (action, file, typed) => sendFiles(action, [file], typed),
    sendFiles,
  };
}

function fill(page: Page, action: string, typed: Typed, button?: string) {
  const form = formOf(page, action);
  const values = valuesOf(page, form, button);
  for (const [name, value] of Object.entries(typed)) {
    values.delete(name);
    for (const each of typeof value === 'string' ? [value] : value) values.append(name, each);
  }
  return { to: form.getAttribute('action')?.split('#')[0] || page.address, values };
}

const boundary = '----the-boundary-of-a-browser';

/** The fields, then the files, as browsers write them; an empty name stands for no file chosen. */
function multipart(values: URLSearchParams, files: readonly ChosenFile[]): Buffer {
  const part = (head: string) => `--${boundary}\r\nContent-Disposition: form-data; ${head}\r\n`;
  const fields = [...values].map(
    ([field, value]) => `${part(`name="${field}"`)}\r\n${value.replace(/\r?\n/g, '\r\n')}\r\n`,
  );
  const chosen = files.flatMap(({ name, bytes, control = 'file' }) => [
    Buffer.from(
      `${part(`name="${control}"; filename="${name}"`)}Content-Type: application/octet-stream\r\n\r\n`,
    ),
    bytes,
    Buffer.from('\r\n'),
  ]);
  return Buffer.concat([Buffer.from(fields.join('')), ...chosen, Buffer.from(`--${boundary}--\r\n`)]);
}

function toPage(response: LightMyRequestResponse, address: string): Page {
  const document = parse(response.body);
  const text = document.text.replace(/\s+/g, ' ');
  return {
    status: response.statusCode,
    address,
    html: response.body,
    bytes: response.rawPayload,
    headers: response.headers,
    text: decode(text),
    document,
    field: (name) => {
      const control = document.querySelectorAll(`[name="${name}"]`).at(-1);
      return (
        control &&
        decode(control.tagName === 'TEXTAREA' ? control.innerHTML : (control.getAttribute('value') ?? ''))
      );
    },
  };
}

function formOf(page: Page, action: string): HTMLElement {
  const forms = page.document.querySelectorAll('form[method="post"]');
  const found = forms.find((form) =>
    (form.getAttribute('action') || page.address).split(/[?#]/)[0]?.endsWith(action),
  );
  return (
    found ?? raise(`no form to ${action} on ${page.address} (${page.status}): ${page.text.slice(0, 400)}`)
  );
}

// Its own controls, and those elsewhere on the page that name it.
function controlsOf({ document }: Page, form: HTMLElement): HTMLElement[] {
  const inside = form
    .querySelectorAll('input, select, textarea, button')
    .filter((control) => !control.hasAttribute('form'));
  return form.id ? [...document.querySelectorAll(`[form="${form.id}"]`), ...inside] : inside;
}

function valuesOf(page: Page, form: HTMLElement, button: string | undefined): URLSearchParams {
  const values = new URLSearchParams();
  for (const control of controlsOf(page, form)) {
    const name = control.getAttribute('name');
    const type = control.getAttribute('type') ?? '';
    if (!name || type === 'file' || control.hasAttribute('disabled')) continue;
    if (control.tagName === 'BUTTON' || type === 'submit') {
      if (button === name || button === `${name}=${control.getAttribute('value')}`)
        values.append(name, control.getAttribute('value') ?? '');
    } else if (control.tagName === 'TEXTAREA')
      values.append(name, decode(control.innerHTML).replace(/^\n/, ''));
    else if (control.tagName === 'SELECT') {
      const chosen = control.querySelector('option[selected]') ?? control.querySelector('option');
      values.append(name, chosen?.getAttribute('value') ?? '');
    } else if (!['radio', 'checkbox'].includes(type) || control.hasAttribute('checked'))
      values.append(name, decode(control.getAttribute('value') ?? 'on'));
  }
  return values;
}

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#x27': "'",
  '#x60': '`',
  '#x3D': '=',
  nbsp: '\u00a0',
};

function decode(html: string): string {
  return html.replace(/&(amp|lt|gt|quot|#x27|#x60|#x3D|nbsp);/g, (_, name: string) => entities[name] ?? '');
}

function raise(message: string): never {
  throw new Error(message);
}
