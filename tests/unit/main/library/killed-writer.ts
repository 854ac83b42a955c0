import { openDatabase } from '../../../../src/main/library/database.ts'
import { takeLock } from '../../../../src/main/library/lock.ts'
import { createTables } from '../../../../src/main/library/tables.ts'
import { exampleJob, exampleSinger } from '../../../support/library-records.ts'
import type { SingerId } from '../../../../src/shared/base/id.ts'

// A process of its own that commits one singer, then stands in the middle of a transaction until it is killed.
const folder = process.argv[2]
if (!takeLock(folder, 0).ok) throw new Error('the library is free')
const { database } = openDatabase(folder, 0)
const tables = createTables(database)
tables.singers.insert(exampleSinger({ name: 'committed' }))
tables.jobs.save(exampleJob({ kind: 'train', title: 'Training Mira' }))
database.exec('BEGIN')
for (let index = 0; index < 2000; index++) {
  tables.singers.insert(exampleSinger({ id: `lost${index}` as SingerId, name: `lost ${index}` }))
}
process.stdout.write('in the middle\n')
setInterval(() => {}, 1000)
