let count = 0;

/** A message as a mail program writes it, UTF-8 in base64, with other header lines than the usual ones where given. */
export function message(
  {
    from = '"张三" <zhangsan@example.cn>',
    subject = '',
    id = '',
    header = [],
    text = '',
  }: {
    readonly from?: string;
    readonly subject?: string;
    readonly id?: string | null;
    readonly header?: readonly string[];
    readonly text?: string;
  } = {},
  type = 'text/plain; charset=utf-8',
): string {
  count += 1;
  const lines = [
    `From: ${encoded(from)}`,
    'To: shuiwu@qingyuan.example.cn',
    `Subject: ${encoded(subject)}`,
    ...(id === null ? [] : [`Message-ID: ${id || `<message-${count}@example.cn>`}`]),
    'MIME-Version: 1.0',
    ...header,
    `Content-Type: ${type}`,
    'Content-Transfer-Encoding: base64',
    '',
    wrapped(Buffer.from(text)),
  ];
  return lines.join('\r\n');
}

/** One part of a message of several. */
export function part(type: string, content: string | Buffer, header: readonly string[] = []): string {
  const head = [`Content-Type: ${type}`, 'Content-Transfer-Encoding: base64', ...header];
  return `${head.join('\r\n')}\r\n\r\n${wrapped(Buffer.from(content))}`;
}

/** A message of several parts. */
export function parts(
  head: { readonly subject?: string; readonly header?: readonly string[]; readonly type?: string },
  ...all: readonly string[]
): string {
  const whole = message(head, `multipart/${head.type ?? 'mixed'}; boundary="the-line"`);
  const top = whole.slice(0, whole.indexOf('\r\n\r\n')).replace(/\r\nContent-Transfer-Encoding: base64$/, '');
  return `${top}\r\n\r\n${all.map((each) => `--the-line\r\n${each}\r\n`).join('')}--the-line--\r\n`;
}

function encoded(text: string): string {
  return text.replace(/[^\x20-\x7e]+/g, (words) => `=?utf-8?B?${Buffer.from(words).toString('base64')}?=`);
}

function wrapped(bytes: Buffer): string {
  return bytes.toString('base64').replace(/.{76}/g, '$&\r\n');
}
