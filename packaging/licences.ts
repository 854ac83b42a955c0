import { resolve } from 'node:path'
import { table } from '../src/main/commands/terminal.ts'
import { isRefused, licenceRows } from './licence-report.ts'
import { shippedData } from './shipped-data.ts'
import { shippedPackages } from './shipped-packages.ts'

/** `npm run licenses`: whose work ships, under which licence; ends with 1 where one of them may not. */
const rootFolder = resolve(import.meta.dirname, '..')
const rows = shippedPackages(rootFolder).flatMap(licenceRows)
const refused = rows.filter(isRefused)
const cells = (row: (typeof rows)[number]) => [row.name, row.version, row.licence || '–', row.kind, row.way, row.source]
process.stdout.write(table([['PACKAGE', 'VERSION', 'LICENCE', 'KIND', 'HOW', 'SAID BY'], ...rows.map(cells)]))
const count = (kind: string) => rows.filter((row) => row.kind === kind).length
process.stdout.write(
  `\n${rows.length} works: ${count('permissive')} permissive, ${count('weak-copyleft')} weak copyleft, ` +
    `${count('copyleft')} copyleft, ${count('unknown')} unknown\n`,
)
const data = shippedData(rootFolder).map(({ name, licence, source }) => [name, licence, source])
// Share-alike of weights holds for what is made of the weights, which each card says; the program only carries them.
process.stdout.write(`\nData beside the program:\n${table([['NAME', 'LICENCE', 'SAID BY'], ...data])}`)
if (refused.length > 0) {
  process.stderr.write(`\nThese may not ship:\n${table(refused.map(cells))}`)
  process.exitCode = 1
}
