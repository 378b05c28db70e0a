/** Where a mailbox is read, from one entry of MAILBOXES. */
export interface Mailbox {
  /** The address that announcements name, in lower case. */
  readonly address: string;
  readonly host: string;
  readonly port: number;
  /** TLS from the beginning; otherwise from when the server offers it. */
  readonly secure: boolean;
  readonly user: string;
  readonly password: string;
  readonly folder: string;
  /** Header fields by which the server marks spam, with how their value begins. */
  readonly spam: readonly { readonly name: string; readonly value: string }[];
}

type Refuse = (problem: string) => void;

/** Reads MAILBOXES. What is wrong is told by the number of the entry, because an entry holds a password. */
export function readMailboxes(text: string | undefined, refuse: Refuse): Mailbox[] {
  const entries = (text ?? '').split(/\s+/).filter((entry) => entry !== '');
  const mailboxes = entries.flatMap((entry, index) => {
    const mailbox = readMailbox(entry);
    if (typeof mailbox !== 'string') return mailbox;
    refuse(`MAILBOXES: entry ${index + 1} ${mailbox}`);
    return [];
  });
  const addresses = mailboxes.map(({ address }) => address);
  for (const address of new Set(addresses.filter((each, index) => addresses.indexOf(each) !== index)))
    refuse(`MAILBOXES: ${address} is there twice`);
  return mailboxes;
}

/** A mailbox, or what is wrong with the entry. */
function readMailbox(entry: string): Mailbox | string {
  if (!URL.canParse(entry) || !/^imaps?:$/.test(new URL(entry).protocol))
    return 'must be an address such as imaps://user:password@mail.example.cn:993/INBOX, with %40 for @ in the user name';
  const url = new URL(entry);
  const secure = url.protocol === 'imaps:';
  const [user, password, folder] = [url.username, url.password, url.pathname.slice(1)].map(decoded);
  if (!url.hostname || !user || !password || folder === undefined)
    return 'must name user, password and server, with special characters as %XX';
  if ([...url.searchParams.keys()].some((name) => !['address', 'spam'].includes(name)))
    return 'may be followed by ?address=… and &spam=… only; a ? in the password is %3F';
  const address = (url.searchParams.get('address') ?? user).toLowerCase();
  if (!/^[^\s@]+@[^\s@]+$/.test(address))
    return 'needs ?address=name@example.cn behind it, because the user name is no mail address';
  const spam = url.searchParams.getAll('spam').map(headerOf);
  if (spam.some(({ name, value }) => !/^[a-z0-9-]+$/.test(name) || !value))
    return 'may name spam as &spam=X-Header:beginning-of-its-value only';
  const port = Number(url.port) || (secure ? 993 : 143);
  return { address, host: url.hostname, port, secure, user, password, folder: folder || 'INBOX', spam };
}

function headerOf(sign: string): { name: string; value: string } {
  const [name = '', ...value] = sign.split(':');
  return { name: name.trim().toLowerCase(), value: value.join(':').trim() };
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
