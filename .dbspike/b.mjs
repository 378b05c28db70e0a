import { PGlite } from '@electric-sql/pglite'; import { NodeFS } from '@electric-sql/pglite/nodefs'; import {pg_trgm} from '@electric-sql/pglite/contrib/pg_trgm'; import fs from 'node:fs';
const f=new NodeFS('/tmp/dbspike/t2'); let syncs=0; const init=f.init.bind(f); f.init=async(pg,o)=>{const r=await init(pg,o); r.emscriptenOpts.preRun.push(m=>{m.NODEFS.stream_ops.fsync=(s)=>{syncs++; return 0}}); return r;};
let t=performance.now(); let db=await PGlite.create({fs:f,extensions:{pg_trgm},startParams:[...PGlite.defaultStartParams.filter(x=>x!=='-F'),'-c','shared_buffers=16MB','-c','wal_sync_method=fsync']}); console.log('cold open',performance.now()-t|0, 'syncs',syncs);
let b=syncs; await db.exec("select pg_logical_emit_message(true,'jianyan','')"); console.log('probe syncs',syncs-b);
const wal=()=>fs.readdirSync('/tmp/dbspike/t2/pg_wal').length;
for(let k=0;k<14;k++){ await db.query("insert into t select i, repeat(md5(i::text),300) from generate_series(1,20000) i");  await db.query('truncate t');await db.query("insert into t select i, md5(i::text)||md5((i*7)::text) from generate_series(1,60000) i"); await db.query('truncate t'); console.log('wal files',wal(), (await db.query("select pg_size_pretty(pg_current_wal_lsn()-'0/0'::pg_lsn) a, (select checkpoint_lsn::text from pg_control_checkpoint())")).rows[0]); }
b=syncs; t=performance.now(); await db.exec('checkpoint'); console.log('after checkpoint',wal(),performance.now()-t|0, syncs-b);
await db.close();
