// W1, W2 and W3 on DBOS Transact. DBOS_URL is a PostgreSQL URL of an empty database.
import { DBOS } from '@dbos-inc/dbos-sdk';
import { obey, Waiting } from './peer.mjs';

const waiting = new Waiting();
const chain = DBOS.registerWorkflow(async () => {
  let n = 0;
  for (let i = 0; i < 10; i++) n = await DBOS.runStep(async () => n + 1, { name: `step${i}` });
  return n;
}, { name: 'chain' });
const gate = DBOS.registerWorkflow(async () => {
  await DBOS.runStep(async () => 0, { name: 'before' });
  waiting.arrived();
  const decided = await DBOS.recv('approve', 600);
  return DBOS.runStep(async () => decided, { name: 'after' });
}, { name: 'gate' });
const fan = DBOS.registerWorkflow(async () =>
  (await Promise.all(Array.from({ length: 20 }, (_, i) => DBOS.runStep(async () => i, { name: `step${i}` })))).length, { name: 'fan' });

// As many connections as workflows at once need, so that it does not wait for its own pool.
DBOS.setConfig({ name: 'bench', systemDatabaseUrl: process.env.DBOS_URL, systemDatabasePoolSize: 50, logLevel: 'error', runAdminServer: false });
await DBOS.launch();
process.stdin.on('end', () => process.exit(0));
const run = async (workflow) => (await DBOS.startWorkflow(workflow)()).getResult();
await obey({
  chain: () => run(chain),
  fan: () => run(fan),
  start: () => DBOS.startWorkflow(gate)(),
  decide: async (handle) => {
    await DBOS.send(handle.workflowID, 1, 'approve');
    await handle.getResult();
  },
}, waiting);
