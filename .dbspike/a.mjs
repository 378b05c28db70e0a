import { PGlite } from '@electric-sql/pglite'; import { NodeFS } from '@electric-sql/pglite/nodefs'; import {pg_trgm} from '@electric-sql/pglite/contrib/pg_trgm'; import fs from 'node:fs';
const T=performance.now(); const ms=()=>(performance.now()-T)|0;
const dir='/tmp/dbspike/t1'; fs.rmSync('/tmp/dbspike',{recursive:true,force:true}); fs.mkdirSync('/tmp/dbspike');
let db=await PGlite.create({fs:new NodeFS(dir),extensions:{pg_trgm}}); console.log('init',ms()); await db.exec('create extension pg_trgm; create table t(a int, b text); create index on t using gin (b gin_trgm_ops)');
const tar=await db.dumpDataDir('none'); fs.writeFileSync('/tmp/dbspike/t.tar',Buffer.from(await tar.arrayBuffer())); console.log('dump',ms(), tar.size);
await db.close(); console.log('close',ms());
let t=performance.now(); fs.cpSync(dir,'/tmp/dbspike/t2',{recursive:true}); console.log('cp',performance.now()-t|0);
t=performance.now(); db=await PGlite.create({fs:new NodeFS('/tmp/dbspike/t2'),extensions:{pg_trgm},startParams:[...PGlite.defaultStartParams,'-c','shared_buffers=16MB']}); console.log('open copy',performance.now()-t|0); t=performance.now(); await db.query('select 1');  console.log('q',performance.now()-t|0);
console.log((await db.query("select name,setting from pg_settings where name in ('TimeZone','lc_ctype','fsync','wal_level','max_wal_size','checkpoint_timeout','wal_sync_method','shared_buffers','search_path','autovacuum','synchronous_commit','full_page_writes','data_sync_retry','jit','work_mem','wal_init_zero','wal_recycle','min_wal_size','IntervalStyle','DateStyle','extra_float_digits','bytea_output','standard_conforming_strings')")).rows.map(r=>r.name+'='+r.setting).join(' '));
const wal=()=>fs.readdirSync('/tmp/dbspike/t2/pg_wal').length;
for(let k=0;k<6;k++){ await db.query("insert into t select i, repeat(md5(i::text),30) from generate_series(1,3000) i"); await db.query('delete from t'); console.log('wal files',wal(), (await db.query("select pg_size_pretty(pg_current_wal_lsn()-'0/0'::pg_lsn) a")).rows[0].a); }
t=performance.now(); await db.exec('checkpoint'); console.log('after checkpoint',wal(),performance.now()-t|0);
await db.close();
t=performance.now(); db=await PGlite.create({loadDataDir:new Blob([fs.readFileSync('/tmp/dbspike/t.tar')]),extensions:{pg_trgm},startParams:[...PGlite.defaultStartParams,'-c','shared_buffers=16MB']}); console.log('open memory',performance.now()-t|0); t=performance.now(); await db.query('select 1');  console.log('q',performance.now()-t|0, process.memoryUsage.rss()>>20);
