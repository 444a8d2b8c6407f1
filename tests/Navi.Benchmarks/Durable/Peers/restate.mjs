// W1, W2 and W3 on one Restate server, started here on Unix sockets so that it takes no port that another program might want. RESTATE_HOME is a directory for its data.
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import http from 'node:http';
import { obey, Waiting } from './peer.mjs';

// Node 20 lacks it, and the SDK wants it.
Promise.withResolvers ??= () => {
  let resolve, reject;
  const promise = new Promise((...both) => [resolve, reject] = both);
  return { promise, resolve, reject };
};
const restate = await import('@restatedev/restate-sdk');

const waiting = new Waiting();
const shapes = restate.service({
  name: 'bench',
  handlers: {
    chain: async (ctx) => {
      let n = 0;
      for (let i = 0; i < 10; i++) n = await ctx.run(`step${i}`, async () => n + 1);
      return n;
    },
    fan: async (ctx) => (await restate.RestatePromise.all(Array.from({ length: 20 }, (_, i) => ctx.run(`step${i}`, async () => i)))).length,
  },
});
const gates = restate.workflow({
  name: 'gate',
  handlers: {
    run: async (ctx) => {
      await ctx.run('before', async () => 0);
      await ctx.run('arrived', async () => waiting.arrived());
      const decided = await ctx.promise('approve');
      return ctx.run('after', async () => decided);
    },
    approve: async (ctx, decided) => ctx.promise('approve').resolve(decided),
  },
});
const port = await restate.serve({ services: [shapes, gates], port: 0, logger: () => {} });

const home = process.env.RESTATE_HOME;
const binary = join(dirname(createRequire(import.meta.url).resolve(`@restatedev/restate-server-${process.platform}-${process.arch}/package.json`)), 'bin', 'restate-server');
const server = spawn(binary, ['--base-dir', home, '--node-name', 'bench', '--listen-mode', 'unix', '--no-logo'], { stdio: 'ignore', cwd: home });
// Whoever started this may be gone: the server must not stay.
process.on('exit', () => server.kill('SIGKILL'));
process.stdin.on('end', () => process.exit(0));
server.on('error', fail).on('exit', (code, signal) => fail(new Error(`restate-server ended with ${code ?? signal}`)));

function fail(error) {
  console.error(error.message);
  process.exit(1);
}

const agent = new http.Agent({ keepAlive: true, maxSockets: 100 });
const ask = (socket, method, path, body) => new Promise((resolve, reject) => {
  const request = http.request({ agent, socketPath: join(home, 'bench', `${socket}.sock`), method, path, headers: { 'content-type': 'application/json' } }, (response) => {
    let text = '';
    response.setEncoding('utf8').on('data', (part) => text += part).on('end', () =>
      response.statusCode < 300 ? resolve(text) : reject(new Error(`${method} ${path}: ${response.statusCode} ${text}`)));
  });
  request.on('error', reject);
  request.end(body === undefined ? undefined : JSON.stringify(body));
});
for (let left = 300; ; left--) {
  try {
    await ask('admin', 'GET', '/health');
    await ask('ingress', 'GET', '/restate/health');
    break;
  } catch (error) {
    if (left === 0) throw error;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
await ask('admin', 'POST', '/deployments', { uri: `http://127.0.0.1:${port}`, force: true });

await obey({
  chain: () => ask('ingress', 'POST', '/bench/chain'),
  fan: () => ask('ingress', 'POST', '/bench/fan'),
  start: async () => {
    const id = randomUUID();
    await ask('ingress', 'POST', `/gate/${id}/run/send`);
    return id;
  },
  decide: async (id) => {
    await ask('ingress', 'POST', `/gate/${id}/approve`, 1);
    await ask('ingress', 'GET', `/restate/workflow/gate/${id}/attach`);
  },
}, waiting);
