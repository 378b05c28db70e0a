import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import net, { type AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ImapFlow } from 'imapflow';
import type { Test } from 'tap';
import type { Mailbox } from '../../src/config.ts';

const password = 'the-mailbox-password';

/** Debian's dovecot-imapd with one mailbox, in a folder and a process of its own. */
export interface Dovecot {
  readonly mailbox: Mailbox;
  /** Puts a message into the mailbox; it came at the instant `at`. */
  readonly put: (raw: string, at: Date) => Promise<void>;
  /** The flags of all messages, in their order. */
  readonly flags: () => Promise<string[][]>;
  /** Kills every process of the server, as a power cut would. */
  readonly kill: () => Promise<void>;
  readonly start: () => Promise<void>;
  /** Lets every message have another UID, as after moving or restoring a mailbox. */
  readonly renumber: () => Promise<void>;
}

export async function dovecot(t: Test, address: string): Promise<Dovecot> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'dovecot-'));
  const mail = path.join(folder, 'mail');
  mkdirSync(mail);
  for (const each of [folder, mail]) chmodSync(each, 0o777);
  const port = await freePort();
  const config = path.join(folder, 'dovecot.conf');
  writeFileSync(config, configOf(folder, port));
  let server: ChildProcess | undefined;
  const kill = async () => {
    if (!server?.pid || server.exitCode !== null || server.signalCode !== null) return;
    const ended = once(server, 'exit');
    process.kill(-server.pid, 'SIGKILL');
    await ended;
    // Another process may have its number by now, and would be taken for it.
    rmSync(path.join(folder, 'run'), { recursive: true, force: true });
  };
  const start = async () => {
    server = spawn('/usr/sbin/dovecot', ['-F', '-c', config], { stdio: 'ignore', detached: true });
    if (!(await answers(port)))
      throw new Error(
        `dovecot does not answer: ${readFileSync(path.join(folder, 'dovecot.log'), 'utf8').slice(-2_000)}`,
      );
  };
  t.teardown(async () => {
    await kill();
    rmSync(folder, { recursive: true, force: true });
  });
  await start();
  const place = { host: '127.0.0.1', port, secure: false, user: 'yijian', password };
  const mailbox = { ...place, address, folder: 'INBOX', spam: [] };
  return {
    mailbox,
    put: (raw, at) =>
      within(mailbox, async (client) => void (await client.append('INBOX', Buffer.from(raw), [], at))),
    flags: () =>
      within(mailbox, async (client) => {
        await client.mailboxOpen('INBOX');
        const all = await client.fetchAll('1:*', { flags: true });
        return all.map(({ flags }) => [...(flags ?? [])].filter((flag) => flag !== '\\Recent'));
      }),
    kill,
    start,
    renumber: async () => {
      await kill();
      for (const name of ['dovecot-uidlist', 'dovecot-uidvalidity', 'dovecot.index', 'dovecot.index.log'])
        rmSync(path.join(mail, 'yijian', name), { force: true });
      await start();
    },
  };
}

async function within<T>(mailbox: Mailbox, work: (client: ImapFlow) => Promise<T>): Promise<T> {
  const { host, port, user } = mailbox;
  const auth = { user, pass: mailbox.password };
  const client = new ImapFlow({ host, port, secure: false, auth, logger: false, disableAutoIdle: true });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.logout();
  }
}

async function freePort(): Promise<number> {
  const probe = net.createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  await new Promise<void>((resolve) => probe.close(() => resolve()));
  return port;
}

async function answers(port: number): Promise<boolean> {
  for (let attempt = 0; attempt < 600; attempt += 1) {
    const socket = net.connect(port, '127.0.0.1');
    const greeted = await Promise.race([
      once(socket, 'data').then(() => true),
      once(socket, 'close').then(() => false),
    ]).catch(() => false);
    socket.destroy();
    if (greeted) return true;
    await pause(50);
  }
  return false;
}

// As root it gives itself other users; as anybody else it stays who it is.
function configOf(folder: string, port: number): string {
  const isRoot = process.getuid?.() === 0;
  const { username, uid, gid } = os.userInfo();
  const [login, internal] = isRoot ? ['nobody', 'dovecot'] : [username, username];
  const [mailUid, mailGid] = isRoot ? [65_534, 65_534] : [uid, gid];
  const ours = ['anvil', 'imap-login', 'stats'].map((name) => `service ${name} {\n  chroot =\n}`);
  const rootless = () => [`default_internal_group = ${execFileSync('id', ['-gn'])}`.trim(), ...ours];
  return `base_dir = ${folder}/run
state_dir = ${folder}/run
log_path = ${folder}/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain login
mail_location = maildir:${folder}/mail/%u
default_login_user = ${login}
default_internal_user = ${internal}
${isRoot ? '' : rootless().join('\n')}
first_valid_uid = 1
passdb {
  driver = static
  args = password=${password}
}
userdb {
  driver = static
  args = uid=${mailUid} gid=${mailGid} home=${folder}/mail/%u
}
service imap-login {
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
namespace inbox {
  inbox = yes
}
`;
}
